"""`nbgrader autograde` gives the scores of `autograder grade`, and keeps the meaning of its own options."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from autograder.authoring.release import release
from autograder.course import Course
from autograder.grading.command import grade_into_gradebook
from tests.grading.test_command import HALF, RIGHT, hand_in
from tests.settings import unseal

STDERR = "import sys\n\n\ndef double(n):\n    print(n, file=sys.stderr)\n    return n + n"
ENDS = "import os\n\n\ndef double(n):\n    os._exit(0)"


@pytest.fixture
def course(course: Course) -> Course:
    release(course)
    unseal(course.root)
    return course


def nbgrader(course: Course, *arguments: str, wanted: int = 0) -> str:
    """Run the command and give what it logs."""
    command = [str(Path(sys.executable).with_name("nbgrader")), *arguments]
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(command, cwd=course.root, env=environment, capture_output=True, text=True)
    assert done.returncode == wanted, done.stderr
    return done.stderr


def scores(root: Path) -> dict[str, dict[str, tuple]]:
    with Gradebook(f"sqlite:///{root}/gradebook.db") as book:
        return {
            submission.student.id: {
                grade.name: (grade.auto_score, grade.needs_manual_grade)
                for notebook in submission.notebooks
                for grade in notebook.grades
            }
            for submission in book.find_assignment("one").submissions
        }


def test_both_give_the_same_scores_whatever_was_handed_in(course, tmp_path_factory):
    for student, code in {"right": RIGHT, "half": HALF, "stderr": STDERR, "ends": ENDS, "stub": None}.items():
        hand_in(course, student, code)
    hand_in(course, "broken").write_bytes(b"{")
    (course.root / "submitted" / "nothing" / "one").mkdir(parents=True)
    other = tmp_path_factory.mktemp("other")
    shutil.copytree(course.root, other, dirs_exist_ok=True)
    grade_into_gradebook(course, "one", sealed=False)
    said = nbgrader(Course(other), "autograde", "one")
    assert scores(other) == scores(course.root)
    assert scores(other)["stderr"] == {"double-two": (1, False), "double-negative": (2, False)}
    assert len(scores(other)) == 7
    assert "refused: broken/one/doubling: it is no notebook" in said
    assert (other / "autograded" / "right" / "one" / "doubling.ipynb").is_file()


def test_what_is_graded_already_is_left_alone_unless_it_is_newer_or_forced(course):
    stamp = hand_in(course, "anna", HALF).with_name("timestamp.txt")
    stamp.write_text("2031-05-07 10:00:00 UTC")
    nbgrader(course, "autograde", "one", "--student=anna")
    assert scores(course.root)["anna"]["double-negative"] == (0, False)
    hand_in(course, "anna", RIGHT)
    assert "is graded already" in nbgrader(course, "autograde", "one")
    assert scores(course.root)["anna"]["double-negative"] == (0, False)
    stamp.write_text("2031-05-07 10:00:01 UTC")
    nbgrader(course, "autograde", "one")
    assert scores(course.root)["anna"]["double-negative"] == (2, False)
    hand_in(course, "anna", HALF)
    nbgrader(course, "autograde", "one", "--force")
    assert scores(course.root)["anna"]["double-negative"] == (0, False)


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["one", "--student=nobody"], "no submission matches"),
        (["two"], "no submission matches"),
        (["one", "--notebook=doubling"], "whole submissions"),
    ],
)
def test_what_cannot_be_graded_is_one_line_and_an_exit_code(course, arguments, why):
    hand_in(course, "anna", RIGHT)
    said = nbgrader(course, "autograde", *arguments, wanted=1)
    assert len([line for line in said.splitlines() if why in line]) == 1
    assert "Traceback" not in said
