"""A small class, graded into nbgrader's gradebook by `autograder grade`."""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path
from xml.etree import ElementTree

import pytest
from nbgrader.api import Gradebook

from autograder.authoring.release import release
from autograder.course import Course
from autograder.errors import UserError
from autograder.grading import engine
from autograder.grading.command import run_grade
from autograder.grading.room import RoomError
from tests.tiny import find, save

RIGHT = "def double(n):\n    return n + n"
HALF = "def double(n):\n    return abs(n + n)"


@pytest.fixture
def course(course: Course) -> Course:
    release(course)
    return course


def hand_in(course: Course, student: str, code: str | None = None, *own: str) -> Path:
    """A submission of the released notebook with this code in it, and cells of the student's own at its end."""
    book = json.loads((course.release / "one" / "doubling.ipynb").read_text())
    if code is not None:
        find(book, "double")["source"] = code
    book["cells"] += [{"cell_type": "code", "id": "own", "metadata": {}, "source": text} for text in own]
    return save(course.root / "submitted" / student / "one" / "doubling.ipynb", book)


def grade(course: Course, *students: str, **options: object) -> int:
    return run_grade(course, "one", students, sealed=False, jobs=2, **options)


@pytest.fixture
def book(course: Course):
    opened = []

    def scores(student: str) -> dict[str, tuple]:
        if not opened:
            opened.append(Gradebook(f"sqlite:///{course.root}/gradebook.db"))
        opened[0].db.expire_all()
        (notebook,) = opened[0].find_submission("one", student).notebooks
        return {each.name: (each.auto_score, each.needs_manual_grade) for each in notebook.grades}

    scores.gradebook = lambda: opened[0]
    yield scores
    for each in opened:
        each.close()


def test_every_submission_gets_its_points(course, book, capsys):
    hand_in(course, "anna", RIGHT)
    hand_in(course, "ben", HALF)
    hand_in(course, "cem")
    (course.root / "submitted" / "dora" / "one").mkdir(parents=True)
    hand_in(course, "emil").write_bytes(b"{")
    hand_in(course, "fay", RIGHT).rename(course.root / "submitted" / "fay" / "one" / "doubling (1).ipynb")
    assert grade(course) == 1
    said = capsys.readouterr()
    points = {}
    for line in said.out.splitlines():
        if "│" in line:
            student, *_, number, _ = (part.strip() for part in line.strip("│").split("│"))
            points[student] = number
    assert points == {"anna": "3", "ben": "1", "cem": "0", "dora": "0", "emil": "0", "fay": "3"}
    assert said.err.startswith("refused: emil/one/doubling: it is no notebook")
    assert book("ben") == {"double-two": (1, False), "double-negative": (0, False)}
    assert book("emil") == {"double-two": (0, False), "double-negative": (0, False)}
    first = json.loads((course.root / "autograded" / "fay" / "one" / "doubling.ipynb").read_text())["cells"][0]
    assert "it was handed in as doubling (1).ipynb" in "".join(first["source"])


def test_a_new_submission_replaces_every_score_and_leaves_manual_ones(course, book):
    hand_in(course, "anna", RIGHT)
    assert grade(course) == 0
    assert book("anna") == {"double-two": (1, False), "double-negative": (2, False)}
    by_hand = book.gradebook().find_grade("double-negative", "doubling", "one", "anna")
    by_hand.manual_score, by_hand.extra_credit = 1.5, 0.5
    book.gradebook().find_comment("double", "doubling", "one", "anna").manual_comment = "Well."
    book.gradebook().db.commit()

    hand_in(course, "anna", "1 / 0")
    assert grade(course, "anna") == 0
    assert book("anna") == {"double-two": (0, False), "double-negative": (0, True)}
    by_hand = book.gradebook().find_grade("double-negative", "doubling", "one", "anna")
    assert (by_hand.manual_score, by_hand.extra_credit, by_hand.score) == (1.5, 0.5, 2)
    assert book.gradebook().find_comment("double", "doubling", "one", "anna").manual_comment == "Well."


def test_an_answer_that_is_none_is_said_to_be_none(course, book):
    hand_in(course, "anna")
    grade(course)
    book("anna")
    assert book.gradebook().find_comment("double", "doubling", "one", "anna").auto_comment == "No response."


def test_a_submission_that_came_too_late_has_its_penalty(course, book):
    with open(course.root / "nbgrader_config.py", "a") as config:
        config.write("\nc.LateSubmissionPlugin.penalty_method = 'zero'\n")
    for student, day in (("anna", 1), ("ben", 3)):
        path = hand_in(course, student, RIGHT)
        (path.parent / "timestamp.txt").write_text(f"2026-11-0{day} 12:00:00 UTC")
    grade(course)
    book("anna")
    book.gradebook().update_or_create_assignment("one", duedate="2026-11-02 12:00:00 UTC")
    grade(course)
    book("anna")
    submissions = book.gradebook().find_assignment("one").submissions
    assert {each.student_id: (each.score, each.late_submission_penalty) for each in submissions} == {
        "anna": (3, 0),
        "ben": (3, 3),
    }


def test_results_for_programs(course, tmp_path):
    hand_in(course, "anna", "def double(n):\n    raise ValueError('\\ud800 \\x00 <b>')", "print('mine')")
    assert grade(course, json_to=str(tmp_path / "r.json"), junit_to=str(tmp_path / "r.xml")) == 0
    (result,) = json.loads((tmp_path / "r.json").read_text())
    assert {key: result[key] for key in ("student", "notebook", "status", "why")} == {
        "student": "anna",
        "notebook": "doubling",
        "status": "graded",
        "why": "",
    }
    message = "ValueError: ? \x00 <b>"
    assert result["cells"]["double-two"] == {"points": 0, "max_points": 1, "passed": False, "message": message}
    (suite,) = ElementTree.parse(tmp_path / "r.xml").getroot()
    assert (suite.get("name"), suite.get("tests"), suite.get("failures")) == ("one/anna/doubling", "2", "2")
    assert suite[0][0].get("message") == "ValueError: ? ? <b>"


def test_a_module_left_over_beside_the_source_helps_nobody(course):
    (course.source / "one" / "solved.py").write_text("def double(n):\n    return 2 * n\n")
    hand_in(course, "anna", "from solved import double")
    assert grade(course) == 0
    cells = json.loads((course.root / "autograded" / "anna" / "one" / "doubling.ipynb").read_text())["cells"]
    assert "No module named 'solved'" in json.dumps(cells)


def test_a_room_that_breaks_down_twice_flags_the_notebook_and_the_rest_is_graded(course, book, capsys, monkeypatch):
    hand_in(course, "anna", RIGHT)
    hand_in(course, "ben", RIGHT, "breaks the room")
    whole = engine.Rooms.execute

    def execute(rooms, notebook, *arguments, **options):
        if "breaks the room" in str(notebook):
            raise RoomError("the room is gone")
        return whole(rooms, notebook, *arguments, **options)

    monkeypatch.setattr(engine.Rooms, "execute", execute)
    assert grade(course) == 1
    assert "flagged: ben/one/doubling: its room broke down twice: the room is gone" in capsys.readouterr().err
    assert book("anna") == {"double-two": (1, False), "double-negative": (2, False)}
    assert book("ben") == {"double-two": (None, True), "double-negative": (None, True)}


def test_what_cannot_be_graded_at_all_is_one_line(course):
    with pytest.raises(UserError, match="no submission of one"):
        grade(course)
    hand_in(course, "anna", RIGHT)
    with pytest.raises(UserError, match="no one of zoe; there is: anna"):
        grade(course, "zoe")
    with pytest.raises(UserError, match="its folder does not exist"):
        grade(course, json_to=str(course.root / "nowhere" / "r.json"))


def test_grading_needs_no_release(course):
    hand_in(course, "anna", RIGHT)
    shutil.rmtree(course.release)
    assert grade(course) == 0


def test_a_gradebook_that_is_none_is_one_line_and_stays_as_it_is(course):
    hand_in(course, "anna", RIGHT)
    gradebook = course.root / "gradebook.db"
    gradebook.write_bytes(b"no database" * 100)
    with pytest.raises(UserError, match=r"gradebook\.db cannot be used: .*not a database"):
        grade(course)
    assert gradebook.read_bytes() == b"no database" * 100


def test_a_run_that_was_cut_off_while_writing_leaves_the_old_scores(course, book, monkeypatch):
    hand_in(course, "anna", RIGHT)
    grade(course)
    hand_in(course, "anna", HALF)

    def cut_off(*arguments):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("nbgrader.api.Gradebook.update_or_create_submission", cut_off)
        with pytest.raises(KeyboardInterrupt):
            grade(course)
    assert book("anna") == {"double-two": (1, False), "double-negative": (2, False)}
    grade(course)
    assert book("anna") == {"double-two": (1, False), "double-negative": (0, False)}
    with sqlite3.connect(course.root / "gradebook.db") as database:
        assert database.execute("pragma integrity_check").fetchone() == ("ok",)


def test_what_was_worked_in_release_is_nobodys_answer(course, book):
    """An instructor, or a student on the same machine, tries the exercise where it lies."""
    released = course.release / "one" / "doubling.ipynb"
    hand_in(course, "anna", RIGHT)
    hand_in(course, "cem")
    solved = json.loads(released.read_text())
    find(solved, "double")["source"] = RIGHT
    save(released, solved)
    assert grade(course) == 0
    assert book("anna") == {"double-two": (1, False), "double-negative": (2, False)}
    assert book("cem") == {"double-two": (0, False), "double-negative": (0, False)}
