"""Measures `autograder grade` beside stock `nbgrader autograde`, and beside the least that the cells themselves cost.

One class of real submissions over all assignments is graded by both, and the scores are compared. Further figures:
what a submission costs in classes of 10, 100 and 1,000, what one that deadlocks costs beyond a right one, and what two
Dask workers on this machine do beside two local rooms. Everything is written under build/bench/.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
from nbgrader.api import Grade, Gradebook
from rich.table import Table

from autograder.course import Course, find_root
from autograder.grading.command import grade_into_gradebook
from autograder.grading.engine import read_exam
from autograder.grading.execute import rooms_at_once
from autograder.grading.intake import read_submission
from autograder.grading.rebuild import rebuild
from autograder.nbgrader_app import load_config
from autograder.notebooks import grade_id, read
from autograder.terminal import output
from benchmarks.classes import hand_in, make_course
from tests.tiny import doubling, find, save

STUDENTS = 12  # each hands in all five assignments: 60 submissions
JOBS = 2  # where what is compared has two workers, too
CLASSES = (10, 100, 1000)
HOOK = "plain_nbgrader.install()\n"  # without this line of nbgrader_config.py, nbgrader is as it comes

Scores = dict[tuple[str, str, str], float]


def main() -> int:
    """Measure, print a table, write build/bench.json."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.grading", description=__doc__.partition("\n")[0])
    parser.add_argument("--students", type=int, default=STUDENTS, help="in the class over all assignments")
    parser.add_argument("--most", type=int, default=CLASSES[-1], help="leave out classes larger than this")
    arguments = parser.parse_args()
    project = find_root()
    root = project.build / "bench"
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir(parents=True)
    figures = measure(project, root, arguments.students, [size for size in CLASSES if size <= arguments.most])
    (project.build / "bench.json").write_text(json.dumps(figures, indent=1) + "\n")
    table = Table("figure", "value")
    for name, value in figures.items():
        table.add_row(name, json.dumps(value))
    output().print(table)
    return 0 if figures["same_scores"] else 1


def measure(project: Course, root: Path, students: int, classes: list[int]) -> dict[str, object]:
    """All figures. Seconds are those of a clock on the wall."""
    course = make_course(project, root / "class")
    assignments = course.assignments()
    counts = hand_in(project, course, students, assignments)
    notebooks = students * sum(counts.values())
    stock = Course(root / "stock")
    shutil.copytree(course.root, stock.root)
    config = stock.root / "nbgrader_config.py"
    assert HOOK in config.read_text()
    config.write_text(config.read_text().replace(HOOK, ""))

    ours = seconds(lambda: [autograder(course, "grade", name) for name in assignments])
    floor = run_floor(course, assignments, root / "cells.json")
    theirs = seconds(lambda: [nbgrader(stock, name) for name in assignments])
    differing, for_stderr = compare(stock, course)
    here, there = on_a_cluster(course, assignments)
    deadlock, endless = of_a_hang(project, root / "hang")
    sizes = {str(size): of_a_class(root / f"class-{size}", size) for size in classes}
    return {
        "submissions": students * len(assignments),
        "notebooks": notebooks,
        "stock_notebooks_per_s": round(notebooks / theirs, 3),
        "notebooks_per_s": round(notebooks / ours, 3),
        "speedup_over_stock": round(theirs / ours, 2),
        "floor_s": round(floor, 2),
        "ratio_to_floor": round(ours / floor, 2),
        "same_scores": not differing,
        "differing": differing[:20],
        "stock_zero_for_stderr": for_stderr,
        "ms_per_submission": {size: ms for size, (ms, _) in sizes.items()},
        "memory_mb": {size: megabytes for size, (_, megabytes) in sizes.items()},
        "dask_over_local": round(here / there, 2),
        "hang_extra_s": round(deadlock, 2),
        "endless_loop_extra_s": round(endless, 2),
    }


def seconds(work) -> float:
    """How long it takes."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def command(name: str, course: Course, *arguments: str) -> None:
    """Run a program of this environment in the course's folder; 1 is the exit code of what is to be looked at."""
    folder = Path(sys.executable).parent
    environment = {**os.environ, "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run([folder / name, *arguments], cwd=course.root, env=environment, capture_output=True, text=True)
    if done.returncode not in (0, 1):
        raise SystemExit(f"{name} {' '.join(arguments)} ended with {done.returncode}:\n{done.stderr[-2000:]}")


def autograder(course: Course, *arguments: str) -> None:
    """Run `autograder` in the course."""
    command("autograder", course, *arguments)


def nbgrader(course: Course, assignment: str) -> None:
    """Grade by nbgrader alone: its gradebook first, which `autograder grade` makes by itself."""
    command("nbgrader", course, "generate_assignment", assignment)
    command("nbgrader", course, "autograde", assignment)


def scores(course: Course) -> Scores:
    """The score of each test cell, by student, notebook and grade_id."""
    return {key: grade.auto_score for key, grade in grades(course)}


def grades(course: Course) -> Iterator[tuple[tuple[str, str, str], Grade]]:
    """What the gradebook knows of each test cell, with student, notebook and grade_id; to be read while it is open."""
    with Gradebook(f"sqlite:///{course.root}/gradebook.db") as book:
        for assignment in book.assignments:
            for submission in assignment.submissions:
                for notebook in submission.notebooks:
                    for grade in notebook.grades:
                        yield (submission.student_id, notebook.name, grade.name), grade


def compare(stock: Course, ours: Course) -> tuple[list[str], int]:
    """What differs, a line each; and how many cells passed with something on stderr, for which stock gives nothing."""
    theirs, own = scores(stock), scores(ours)
    differing = [key for key in sorted(theirs.keys() | own.keys()) if theirs.get(key) != own.get(key)]
    for_stderr = {key for key in differing if theirs.get(key) == 0 and shows_only_stderr(stock, *key)}
    lines = [
        f"{' '.join(key)}: stock {theirs.get(key)}, autograder {own.get(key)}"
        for key in differing
        if key not in for_stderr
    ]
    return lines, len(for_stderr)


def shows_only_stderr(course: Course, student: str, notebook: str, test: str) -> bool:
    """Whether a graded test cell printed to stderr and raised nothing, for which nbgrader gives no points."""
    (path,) = course.root.glob(f"autograded/{student}/*/{notebook}.ipynb")
    outputs = [output for cell in read(path)["cells"] if grade_id(cell) == test for output in cell["outputs"]]
    return bool(outputs) and all(output.get("name") == "stderr" for output in outputs)


def run_floor(course: Course, assignments: list[str], file: Path) -> float:
    """The cells of all rebuilt notebooks, without anything around them."""
    cells = []
    for assignment in assignments:
        exam = read_exam(course, assignment, load_config(course))
        for folder in sorted(course.root.glob(f"submitted/*/{assignment}")):
            handed_in = read_submission(folder).notebooks
            for name, source in exam.sources.items():
                notebook = rebuild(source, exam.released[name], handed_in[name])
                cells.append([cell["source"] for cell in notebook["cells"] if cell["cell_type"] == "code"])
    file.write_text(json.dumps(cells))
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.floor", file, str(rooms_at_once())],
        capture_output=True,
        text=True,
        check=True,
    )
    return float(done.stdout)


def on_a_cluster(course: Course, assignments: list[str]) -> tuple[float, float]:
    """Seconds for one assignment by two local rooms, and by two Dask workers that are there already."""
    from distributed import LocalCluster

    assignment = assignments[-1]
    here = seconds(lambda: grade_into_gradebook(course, assignment, jobs=JOBS))
    with LocalCluster(JOBS, threads_per_worker=1, host="127.0.0.1", dashboard_address=":0") as cluster:
        address = cluster.scheduler_address
        there = seconds(lambda: grade_into_gradebook(course, assignment, dask=address))
    return here, there


def of_a_hang(project: Course, root: Path) -> tuple[float, float]:
    """What a function that waits for itself costs beyond a right one, and what an endless loop in a cell costs."""
    course = make_course(project, root)
    hand_in(project, course, 1, ["02_pools"])
    folder = course.root / "submitted" / "s00" / "02_pools"
    right = one(course)
    book = json.loads((folder / "thread_pools.ipynb").read_text())
    for cell in book["cells"]:
        if cell["id"] == "fetch_all":
            before = cell["source"]
            cell["source"] = (
                "import threading\n\n\ndef fetch_all(urls, fetch, workers):\n    threading.Event().wait()\n"
            )
            save(folder / "thread_pools.ipynb", book)
            deadlock = one(course)
            cell["source"] = before
    own = {"cell_type": "code", "id": "own", "metadata": {}, "source": "while True:\n    pass"}
    save(folder / "thread_pools.ipynb", {**book, "cells": [*book["cells"], own]})
    return deadlock - right, one(course) - right


def one(course: Course) -> float:
    """Seconds for the one submission, the best of three."""
    return min(seconds(lambda: grade_into_gradebook(course, "02_pools", jobs=1)) for _ in range(3))


def of_a_class(root: Path, size: int) -> tuple[float, float]:
    """Milliseconds for each submission after the first, and megabytes of memory when all are graded."""
    course = Course(root)
    save(course.source / "one" / "doubling.ipynb", doubling())
    shutil.copy(find_root().root / "nbgrader_config.py", root)
    autograder(course, "release")
    book = json.loads((course.release / "one" / "doubling.ipynb").read_text())
    for number in range(size):
        find(book, "double")["source"] = f"def double(n):\n    return n * 2  # {number}"
        save(root / "submitted" / f"s{number:04d}" / "one" / "doubling.ipynb", book)
    times: list[float] = []
    grade_into_gradebook(course, "one", jobs=JOBS, progress=lambda done, total: times.append(time.perf_counter()))
    _, first, *_ = times
    megabytes = psutil.Process().memory_info().rss / 1e6
    return round(1000 * (times[-1] - first) / (size - 1), 1), round(megabytes)


if __name__ == "__main__":
    sys.exit(main())
