"""Kills `autograder grade` at random moments, runs it again, and compares the scores with those of an uncut run.

The class is small and of every kind: right, wrong, hanging about, damaged. After each cut the gradebook must be whole,
and after the second run every score must be that of the uncut one. No process of the killed run may be left. Then one
of two Dask workers is killed in the same way, and the run must end with these scores by itself.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil

from autograder.course import Course, find_root
from autograder.terminal import progress_bar
from benchmarks.grading import Scores, scores, seconds
from tests.tiny import doubling, find, save

STUDENTS = 30
GRADE = ["grade", "one"]
CUTS = 20
WORKERS = 5
LOOK = 0.01  # seconds between two looks at what is stored
ANSWERS = (
    "def double(n):\n    return n + n",
    "def double(n):\n    return abs(n + n)",
    "import sys\n\n\ndef double(n):\n    print(n, file=sys.stderr)\n    return 2 * n",
    "import os\n\n\ndef double(n):\n    os._exit(3)",
    "def double(n):\n    raise KeyboardInterrupt",
)


def main() -> int:
    """Cut, run again, compare; 0 if nothing differs."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.cuts", description=__doc__.partition("\n")[0])
    parser.add_argument("--cuts", type=int, default=CUTS, help="how often to kill")
    parser.add_argument("--workers", type=int, default=WORKERS, help="how often to kill a Dask worker")
    parser.add_argument("--seed", type=int, default=None, help="of the random moments")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, progress_bar("cutting off") as bar:
        cuts = cut(Path(folder), arguments.cuts, arguments.workers, random.Random(arguments.seed))
        found = list(bar.track(cuts, total=arguments.cuts + arguments.workers))
    wrong = [line for line in found if not line.endswith(": as uncut")]
    print("\n".join(found))
    print(f"{len(found)} cuts, {len(wrong) or 'none'} of them with a difference")
    return 1 if wrong else 0


def cut(folder: Path, times: int, workers: int, choose: random.Random, students: int = STUDENTS) -> Iterator[str]:
    """Cut off a run so many times, and then a worker of one; each time of a fresh course; a line about each."""
    uncut = make_class(folder / "uncut", students)
    took = seconds(lambda: start(uncut).wait())
    wanted = scores(uncut)
    for number in range(times):
        course = make_class(folder / str(number), students)
        # Most of the time of a small class is spent before the first is stored: every second cut comes after that.
        moment, enough = (choose.uniform(0, took), students) if number % 2 else (60 + took, choose.randrange(students))
        begin, run = time.monotonic(), start(course)
        let_run(run, course, enough, moment)
        how = "had ended" if run.poll() is not None else f"killed after {time.monotonic() - begin:.2f} s"
        done, problems = kill(run, course)
        problems += gradebook_problems(course, wanted) + grade_whole(start(course), course, wanted)
        yield f"{how}, {done} of {students} stored: {'; '.join(problems) or 'as uncut'}"
        shutil.rmtree(course.root)
    for number in range(workers):
        course = make_class(folder / f"workers-{number}", students)
        done, problems = cut_worker(course, wanted, choose.randrange(students))
        yield f"worker killed, {done} of {students} stored: {'; '.join(problems) or 'as uncut'}"
        shutil.rmtree(course.root)


def cut_worker(course: Course, wanted: Scores, enough: int) -> tuple[int, list[str]]:
    """Kill one of two Dask workers when more than so many are stored: how many then were, and what is wrong."""
    from distributed import LocalCluster

    with LocalCluster(2, threads_per_worker=1, host="127.0.0.1", dashboard_address=":0") as cluster:
        run = start(course, "--dask", cluster.scheduler_address)
        let_run(run, course, enough)
        done, problems = kill(psutil.Process(cluster.workers[0].pid), course)
        return done, problems + grade_whole(run, course, wanted)


def let_run(run: subprocess.Popen[bytes], course: Course, enough: int, seconds: float = float("inf")) -> None:
    """Wait until it has ended, or more than so many submissions are stored, or so many seconds are over."""
    end = time.monotonic() + seconds
    while run.poll() is None and time.monotonic() < end and stored(course) <= enough:
        with suppress(subprocess.TimeoutExpired):
            run.wait(LOOK)


def kill(process: subprocess.Popen[bytes] | psutil.Process, course: Course) -> tuple[int, list[str]]:
    """Kill it; how many submissions were stored then, and which of its children live on."""
    children = []
    with suppress(psutil.NoSuchProcess):
        children = psutil.Process(process.pid).children(recursive=True)
    process.send_signal(signal.SIGKILL)
    process.wait()
    return stored(course), [f"{left.pid} is left" for left in psutil.wait_procs(children, 10)[1]]


def grade_whole(run: subprocess.Popen[bytes], course: Course, wanted: Scores) -> list[str]:
    """What is wrong with what a run that nobody kills comes to."""
    problems = [f"the run ended with {code}"] if (code := run.wait()) != 1 else []
    return problems if scores(course) == wanted else [*problems, "other scores than uncut"]


def make_class(root: Path, students: int) -> Course:
    """A course with the assignment `one`, released, and submissions of all kinds."""
    course = Course(root)
    save(course.source / "one" / "doubling.ipynb", doubling())
    shutil.copy(find_root().root / "nbgrader_config.py", root)
    subprocess.run([*program(), "release"], cwd=root, check=True, capture_output=True)
    book = json.loads((course.release / "one" / "doubling.ipynb").read_text())
    for number in range(students):
        find(book, "double")["source"] = ANSWERS[number % len(ANSWERS)]
        path = save(root / "submitted" / f"s{number:02d}" / "one" / "doubling.ipynb", book)
        if number % 10 == 9:
            path.write_bytes(path.read_bytes()[:100])
    return course


def stored(course: Course) -> int:
    """How many submissions have their results."""
    return len(list(course.root.glob("autograded/*/one")))


def program() -> list[str]:
    """How this package's command is run."""
    return [sys.executable, "-m", "autograder"]


def start(course: Course, *options: str) -> subprocess.Popen[bytes]:
    """Begin to grade."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.Popen([*program(), *GRADE, *options], cwd=course.root, **quiet)


def gradebook_problems(course: Course, wanted: Scores) -> list[str]:
    """What is wrong with the gradebook that the killed run left."""
    file = course.root / "gradebook.db"
    if not file.exists():
        return []
    with sqlite3.connect(file) as database:
        (whole,) = database.execute("pragma integrity_check").fetchone()
        if whole != "ok" or not database.execute("select name from sqlite_master where name = 'grade'").fetchone():
            return [] if whole == "ok" else [f"the gradebook is damaged: {whole}"]
    return [
        f"{' '.join(key)} is {score}, not {wanted[key]}"
        for key, score in scores(course).items()
        if score != wanted[key]
    ]


if __name__ == "__main__":
    sys.exit(main())
