"""Measures `autograder report` on large classes: 300 submissions of each assignment, no two of them alike.

The classes are not graded but made up from `answers/`: each student's notebook holds an answer to each exercise, and
the messages are the words that the answers say theirs must contain.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import tempfile
import time
from collections import defaultdict
from pathlib import Path

from nbgrader.plugins import LateSubmissionPlugin
from rich.table import Table

from autograder.authoring.answers import Answer, ExerciseRef, read_answers
from autograder.authoring.release import release
from autograder.course import Course, find_root
from autograder.grading.record import Record
from autograder.grading.results import CellResult, NotebookResult, with_result
from autograder.nbgrader_app import folders_of
from autograder.notebooks import (
    Notebook,
    exercises,
    fill_in,
    find_notebooks,
    grade_id,
    is_test,
    mark_of,
    parse,
    read,
    to_bytes,
)
from autograder.reporting.report import csv_of, html_of, make_report
from autograder.terminal import output, progress_bar

STUDENTS = 300
WRONG = 0.4  # of the answers
TIMES = 3  # the best of so many counts


def main() -> None:
    """Measure, show, and write build/report.json."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.report", description=__doc__.split("\n\n")[0])
    parser.add_argument("--students", type=int, default=STUDENTS, help="submissions in a class")
    parser.add_argument("assignment", nargs="*", help="default: all")
    options = parser.parse_args()
    project = find_root()
    table = Table("assignment", "notebooks", "seconds", "page, KB", title=f"{options.students} submissions")
    figures = {}
    for assignment in project.select(options.assignment):
        with tempfile.TemporaryDirectory(prefix="report-") as folder:
            course = make_class(project, Path(folder), assignment, options.students)
            best, size = min(measure(course, assignment) for _ in range(TIMES))
        notebooks = options.students * len(find_notebooks(project.source / assignment))
        figures[assignment] = {"notebooks": notebooks, "seconds": round(best, 2), "bytes": size}
        table.add_row(assignment, str(notebooks), f"{best:.2f}", f"{size / 1000:.0f}")
    output().print(table)
    project.build.mkdir(exist_ok=True)
    (project.build / "report.json").write_text(json.dumps(figures, indent=1) + "\n")


def measure(course: Course, assignment: str) -> tuple[float, int]:
    """The seconds that all of the report takes, but for the start of Python, and the size of the page in bytes."""
    begin = time.perf_counter()
    report = make_report(course, assignment)
    page, _ = html_of(report), csv_of(report)
    return time.perf_counter() - begin, len(page.encode())


def make_class(project: Course, root: Path, assignment: str, students: int) -> Course:
    """A course at `root` with a graded class."""
    course = Course(root)
    shutil.copytree(project.source / assignment, course.source / assignment, ignore=shutil.ignore_patterns(".*"))
    shutil.copytree(project.answers / assignment, course.answers / assignment, ignore=shutil.ignore_patterns("__*"))
    shutil.copy(project.root / "nbgrader_config.py", root)
    release(course)
    sources = {path.stem: path.read_bytes() for path in find_notebooks(course.source / assignment)}
    answers = _answers(course, assignment, sources)
    choose = random.Random(assignment)
    folders = folders_of(course)
    record = Record(folders.db_url, course.root / "autograded", LateSubmissionPlugin())
    record.register(assignment, {name: parse(data, name) for name, data in sources.items()}, folders.config)
    with progress_bar(f"making a class of {assignment}") as bar:
        for number in bar.track(range(students)):
            student = f"s{number:03d}"
            made = [_graded(parse(data, name), student, name, answers, choose) for name, data in sources.items()]
            files = {f"{result.notebook}.ipynb": to_bytes(with_result(book, result)) for book, result in made}
            record.write(assignment, student, [result for _, result in made], files, "2026-11-23 12:00:00 UTC")
    record.close()
    return course


def _answers(course: Course, assignment: str, sources: dict[str, bytes]) -> dict[tuple[str, str, str], list[Answer]]:
    refs = [
        ExerciseRef.of(assignment, name, each)
        for name in sources
        for each in exercises(read(course.source / assignment / f"{name}.ipynb"))
    ]
    found = defaultdict(list)
    for answer in read_answers(course.answers, refs)[0]:
        found[answer.notebook, answer.exercise, answer.kind].append(answer)
    return found


def _graded(
    book: Notebook, student: str, name: str, answers: dict[tuple[str, str, str], list[Answer]], choose: random.Random
) -> tuple[Notebook, NotebookResult]:
    """One notebook as a student might have it, and what would be said of it."""
    failed = {}
    for exercise in exercises(book):
        kind = "wrong" if choose.random() < WRONG else "right"
        answer = choose.choice(answers[name, exercise.name, kind])
        fill_in(book, exercise.name, f"{answer.code}\n# {choose.random()}")
        failed |= answer.fails
    cells = {}
    for cell in filter(is_test, book["cells"]):
        test, points = grade_id(cell), mark_of(cell)["points"]
        said = (
            f"CheckFailed: {test}\n  seen:      {failed[test]}\n  expected:  something else" if test in failed else ""
        )
        cells[test] = CellResult(0 if said else points, points, not said, said)
    return book, NotebookResult(student, name, cells=cells)


if __name__ == "__main__":
    main()
