"""Grading on the workers of a Dask cluster, two processes on this machine."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator

import pytest

from autograder.authoring.release import release
from autograder.course import Course
from autograder.errors import UserError
from autograder.grading.command import grade_into_gradebook
from tests.grading.test_command import HALF, RIGHT, hand_in

distributed = pytest.importorskip("distributed")


@pytest.fixture(scope="module")
def cluster() -> Iterator[distributed.LocalCluster]:
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=":0", worker_dashboard_address=":0"
    ) as cluster:
        yield cluster


@pytest.fixture
def course(course: Course) -> Course:
    release(course)
    return course


def points(course: Course, address: str) -> dict[str, float]:
    results = grade_into_gradebook(course, "one", dask=address, sealed=False)
    assert {result.status for result in results} == {"graded"}
    assert len(results) == len({result.student for result in results})
    return {result.student: result.points for result in results}


def test_scores_are_those_of_this_machine(course, cluster):
    for number in range(6):
        hand_in(course, f"s{number}", RIGHT if number % 2 else HALF)
    here = grade_into_gradebook(course, "one", sealed=False)
    there = grade_into_gradebook(course, "one", dask=cluster.scheduler_address, sealed=False)
    assert there == here


def test_what_a_worker_had_when_it_died_is_graded_by_another(course, cluster, tmp_path):
    told, again = tmp_path / "told", tmp_path / "again"
    os.mkfifo(told)
    # Run for the first time, this cell tells which process is the worker, two above it, and waits to be killed with it.
    kills = f"""
import os, pathlib
again, told = pathlib.Path({str(again)!r}), pathlib.Path({str(told)!r})
if not again.exists():
    again.touch()
    told.write_text(pathlib.Path(f"/proc/{{os.getppid()}}/stat").read_text().rpartition(")")[2].split()[1])
    os.read(os.pipe()[0], 1)
"""
    hand_in(course, "kills", RIGHT, kills)
    for number in range(4):
        hand_in(course, f"s{number}", RIGHT)

    def kill() -> None:
        os.kill(int(told.read_text()), signal.SIGKILL)

    killer = threading.Thread(target=kill, daemon=True)
    killer.start()
    assert set(points(course, cluster.scheduler_address).values()) == {3}
    killer.join()


@pytest.mark.parametrize("address", ["127.0.0.1:9", "nowhere:port"])
def test_a_scheduler_that_is_not_there_is_one_clear_line(course, address, monkeypatch):
    monkeypatch.setattr("autograder.grading.cluster.CONNECT_SECONDS", 0.5)
    hand_in(course, "anna", RIGHT)
    with pytest.raises(UserError, match="no scheduler answers there"):
        grade_into_gradebook(course, "one", dask=address, sealed=False)


def test_a_scheduler_without_workers_is_one_clear_line(course):
    hand_in(course, "anna", RIGHT)
    with (
        distributed.LocalCluster(n_workers=0, host="127.0.0.1", dashboard_address=":0") as cluster,
        pytest.raises(UserError, match="has no worker"),
    ):
        grade_into_gradebook(course, "one", dask=cluster.scheduler_address, sealed=False)


def test_the_package_that_is_not_installed_is_named(course, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "distributed", None)
    hand_in(course, "anna", RIGHT)
    with pytest.raises(UserError, match=r"autograder\[dask\]"):
        grade_into_gradebook(course, "one", dask="127.0.0.1:9", sealed=False)
