"""Classes of real submissions over the course's assignments, made from `answers/`, for the measurements here."""

from __future__ import annotations

import copy
import shutil
from pathlib import Path

from autograder.authoring.answers import Answer, ExerciseRef, read_answers
from autograder.authoring.release import release
from autograder.course import Course
from autograder.notebooks import exercises, fill_in, find_notebooks, read, to_bytes

WRONG_EACH = 4  # of so many answers that a student hands in, one is wrong


def make_course(project: Course, root: Path) -> Course:
    """A course of its own at `root`, with this project's assignments, released, and nobody's submissions."""
    course = Course(root)
    shutil.copytree(project.source, course.source, ignore=shutil.ignore_patterns(".*"))
    shutil.copy(project.root / "nbgrader_config.py", root)
    release(course)
    return course


def hand_in(project: Course, course: Course, students: int, assignments: list[str]) -> dict[str, int]:
    """Let `students` hand in each assignment: right and wrong answers in turn, none of them the same mixture.

    Returns the number of notebooks of each assignment.
    """
    notebooks = {}
    for assignment in assignments:
        found = {path.stem: read(path) for path in find_notebooks(course.release / assignment)}
        notebooks[assignment] = len(found)
        for name in found:
            source = read(course.source / assignment / f"{name}.ipynb")
            known = _answers(project, assignment, name, source)
            for student in range(students):
                book = copy.deepcopy(found[name])
                for number, (exercise, answers) in enumerate(known.items()):
                    kind = "wrong" if (student + number) % WRONG_EACH == 0 else "right"
                    chosen = [answer for answer in answers if answer.kind == kind]
                    fill_in(book, exercise, chosen[student % len(chosen)].code)
                folder = course.root / "submitted" / f"s{student:02d}" / assignment
                folder.mkdir(parents=True, exist_ok=True)
                (folder / f"{name}.ipynb").write_bytes(to_bytes(book))
    return notebooks


def _answers(project: Course, assignment: str, name: str, source: dict) -> dict[str, list[Answer]]:
    asked = [ExerciseRef.of(assignment, name, each) for each in exercises(source)]
    found, _ = read_answers(project.answers, asked)
    return {each.name: [answer for answer in found if answer.exercise == each.name] for each in asked}
