"""Events of worker processes come back, whichever way the processes are started."""

from __future__ import annotations

import multiprocessing
import os
import signal
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from time import perf_counter_ns

import pytest

from autograder.timeline import Timeline

METHODS = multiprocessing.get_all_start_methods()


def double(number: int) -> int:
    return 2 * number


def fail(number: int) -> None:
    raise ValueError(number)


def work(timeline: Timeline, texts: list[str]) -> None:
    with timeline.span("work"):
        for text in texts:
            timeline.mark(text)


def vanish() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def seen(timeline: Timeline, lane: str = "") -> list[tuple[str, str]]:
    return [(event.kind, event.label) for event in timeline.events if lane in ("", event.lane)]


@pytest.mark.parametrize("method", METHODS)
def test_a_process_pool(method):
    context = multiprocessing.get_context(method)
    begin = perf_counter_ns()
    with Timeline() as timeline, timeline.executor(ProcessPoolExecutor(1, mp_context=context)) as pool:
        assert list(pool.map(double, [5, 6])) == [10, 12]
        failed = pool.submit(fail, 7)
        assert isinstance(failed.exception(), ValueError)
    assert seen(timeline, "MainThread") == [("submitted", "5"), ("submitted", "6"), ("submitted", "7")]
    (lane,) = {event.lane for event in timeline.events} - {"MainThread"}
    assert lane.startswith({"fork": "Fork", "spawn": "Spawn", "forkserver": "ForkServer"}[method] + "Process-")
    assert seen(timeline, lane) == [
        ("started", "5"), ("done", "5"), ("started", "6"), ("done", "6"), ("started", "7"), ("failed", "7"),
    ]  # fmt: skip
    # One clock for all processes: submitted before started, and all of it between begin and now.
    order = seen(timeline)
    assert all(order.index(("submitted", job)) < order.index(("started", job)) for job in "567")
    assert 0 <= timeline.events[0].time <= timeline.events[-1].time <= perf_counter_ns() - begin


@pytest.mark.parametrize(("chunksize", "submitted"), [(1, ["5", "6"]), (2, ["double"])])
def test_a_job_that_a_recorded_pool_maps_is_recorded_once(chunksize, submitted):
    with Timeline() as timeline, timeline.executor(ProcessPoolExecutor(1)) as pool:
        assert list(pool.map(timeline.job(double), [5, 6], chunksize=chunksize)) == [10, 12]
    (lane,) = {event.lane for event in timeline.events} - {"MainThread"}
    assert seen(timeline, "MainThread") == [("submitted", label) for label in submitted]
    assert seen(timeline, lane) == [("started", "5"), ("done", "5"), ("started", "6"), ("done", "6")]


@pytest.mark.parametrize("method", METHODS)
def test_a_timeline_as_an_argument_and_a_job_as_a_target(method):
    context = multiprocessing.get_context(method)
    with Timeline() as timeline:
        workers = [
            context.Process(target=work, args=(timeline, ["here", "there"]), name="one"),
            context.Process(target=timeline.job(double), args=(4,), name="two"),
        ]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
    assert seen(timeline, "one") == [("started", "work"), ("mark", "here"), ("mark", "there"), ("done", "work")]
    assert seen(timeline, "two") == [("started", "4"), ("done", "4")]


def test_two_processes_of_one_name_have_a_lane_each():
    context = multiprocessing.get_context("spawn")
    with Timeline() as timeline:
        workers = [context.Process(target=work, args=(timeline, []), name="twin") for _ in range(2)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
    assert {event.lane for event in timeline.events} == {"twin", "twin #2"}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork")
def test_a_bare_fork_has_a_lane_of_its_own_and_does_not_end_the_recording():
    timeline = Timeline()
    timeline.mark("before")
    child = os.fork()
    if not child:
        with timeline:
            timeline.mark("child")
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0
    timeline.mark("after")
    assert [(event.lane, event.label) for event in timeline.events] == [
        ("MainThread", "before"),
        (f"process {child}", "child"),
        ("MainThread", "after"),
    ]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no SIGKILL")
def test_a_worker_that_is_killed_is_drawn_as_not_finished():
    with Timeline() as timeline:
        worker = multiprocessing.get_context("spawn").Process(target=timeline.job(vanish), name="gone")
        worker.start()
        worker.join()
    assert seen(timeline) == [("started", "vanish")]
    assert "> not finished" in timeline.text()


def test_a_worker_counts_what_is_beyond_its_limit():
    with Timeline(limit=3) as timeline:
        texts = [str(number) for number in range(6)]
        worker = multiprocessing.get_context("spawn").Process(target=work, args=(timeline, texts))
        worker.start()
        worker.join()
        (file,) = Path(timeline._folder).glob("*.jsonl")
        assert len(file.read_text().splitlines()) == 3
    assert seen(timeline) == [("started", "work"), ("mark", "0"), ("mark", "1")]
    assert timeline.left_out == 5


def test_a_worker_that_goes_on_after_the_end_is_not_disturbed():
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        with Timeline() as timeline:
            job = timeline.job(double)
            assert pool.submit(job, 1).result() == 2
        assert pool.submit(job, 2).result() == 4
    assert seen(timeline) == [("started", "1"), ("done", "1")]
