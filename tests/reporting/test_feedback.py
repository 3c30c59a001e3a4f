"""Feedback pages: what is on them, and what must never be."""

from __future__ import annotations

import base64
import html
import re
import struct
from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from nbgrader.apps.api import NbGraderAPI

from autograder.course import Course
from autograder.errors import UserError
from autograder.grading.hidden import LEFT_OUT
from autograder.grading.results import with_result
from autograder.nbgrader_app import load_config
from autograder.notebooks import is_test, read, to_bytes
from autograder.reporting import feedback, pages
from autograder.reporting.feedback import run_feedback
from tests.pages import NEEDS_CHROMIUM, widths
from tests.reporting.conftest import things_that_run_or_are_fetched

STUDENTS = ("anna", "ben", "cem", "dora", "evil", "fay")


@pytest.fixture(scope="module")
def written(graded: Course, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The pages of all students."""
    assert run_feedback(graded, "one") == 0
    return {student: page_of(graded, student) for student in STUDENTS}


def page_of(course: Course, student: str) -> str:
    return (course.root / "feedback" / student / "one" / "doubling.html").read_text()


def words(page: str) -> str:
    """What a reader sees."""
    body = re.sub(r'<span class="\w{1,3}">|</span>|</?code>|</?strong>', "", page.partition("<body>")[2])
    body = html.unescape(re.sub(r"<[^>]*>", " ", body))
    return re.sub(r"\s+", " ", body)


def test_a_page_tells_what_was_asked_written_seen_and_scored(written):
    text = words(written["ben"])
    for part in (
        "Feedback for ben",
        "4 of 6 points",
        "Twice 1 of 3",
        "Thrice 3 of 3",
        "Write double(n). <em>No</em> HTML. See this.",
        "return abs(n + n)",
        '# <script>alert("& so on")</script>',
        "✓ passed Two is doubled. 1 of 1 The test assert double(2) == 4",
        "✗ failed Negative numbers, which are doubled too. (hidden test) 0 of 2",
        "double(-3) seen returned 6 expected -6 question What is twice a debt?",
        "✓ passed Three times a number. (hidden test) 3 of 3",
    ):
        assert part in text, part


def test_no_page_holds_a_line_of_a_hidden_test(graded, written):
    source = read(graded.source / "one" / "doubling.ipynb")
    given = (graded.release / "one" / "doubling.ipynb").read_text()
    tests = [line.strip() for cell in source["cells"] if is_test(cell) for line in cell["source"].splitlines()]
    hidden = [line for line in tests if line and line not in given]
    assert "assert triple(nobody_knows_this) == 42" in hidden
    for student, page in written.items():
        text = words(page)
        assert [line for line in [*hidden, "nobody_knows_this"] if line in text] == [], student


def test_what_code_shows_when_it_may_know_hidden_tests_is_left_out(graded, written):
    autograded = (graded.root / "autograded" / "evil" / "one" / "doubling.ipynb").read_text()
    assert "AFTER" in autograded
    text = words(written["evil"])
    assert "What this cell showed is not repeated here" in text
    assert "print('AFTER'" in text
    assert "AFTER [" not in text
    assert base64.b64encode(b"nobody")[:6].decode() not in text


def test_a_line_of_a_hidden_test_is_not_repeated_from_a_message_or_an_output(graded):
    book = read(graded.root / "autograded" / "ben" / "one" / "doubling.ipynb")
    line = "assert triple(nobody_knows_this) == 42"
    book["metadata"]["autograder"]["cells"]["double-two"] |= {"passed": False, "message": f"ValueError: I saw\n{line}"}
    book["metadata"]["autograder"]["why"] = line
    text = {"output_type": "stream", "name": "stdout", "text": f"printed\n{line}"}
    own = {"cell_type": "code", "execution_count": None, "metadata": {}, "id": "own-1", "source": "show()"}
    book["cells"].insert(0, {**own, "outputs": [text]})
    told = words(made(graded, "ben", book))
    assert "nobody_knows_this" not in told
    assert told.count(LEFT_OUT) == 3
    assert f"printed {LEFT_OUT}" in told and f"I saw {LEFT_OUT}" in told


def test_the_error_of_an_answer_below_hidden_tests_is_told(graded):
    book = read(graded.root / "autograded" / "ben" / "one" / "doubling.ipynb")
    last = next(cell for cell in book["cells"] if cell["metadata"].get("nbgrader", {}).get("grade_id") == "triple")
    error = {"output_type": "error", "ename": "NameError", "evalue": "no x" + "!" * 999, "traceback": ["a", "b"]}
    last["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "printed"}, error]
    text = words(made(graded, "ben", book))
    assert "NameError: no x!!!" in text
    assert "!" * 300 not in text
    assert "printed" not in text


def made(course: Course, student: str, book: dict) -> str:
    score = feedback.read_scores(f"sqlite:///{course.root}/gradebook.db", "one").submissions[student]
    released = read(course.release / "one" / "doubling.ipynb")
    about = {"assignment": "one", "student": student, "name": "doubling"}
    return feedback.page(book, released, score.notebooks["doubling"], **about)


def test_nothing_on_a_page_runs_or_is_fetched(written):
    for student, page in written.items():
        assert things_that_run_or_are_fetched(page) == [], student
        assert "default-src 'none'" in page
    assert "data:image/png;base64," in written["evil"]
    assert "BEFORE <b>xxx" in words(written["evil"])


def test_long_texts_are_cut_and_many_cells_left_out(graded, written):
    assert len(written["evil"]) < 60_000
    book = read(graded.root / "autograded" / "anna" / "one" / "doubling.ipynb")
    own = {
        "cell_type": "code",
        "execution_count": None,
        "metadata": {},
        "outputs": [],
        "source": "x = '" + "y" * 99_999,
    }
    book["cells"] = [{**own, "id": f"own-{number}"} for number in range(2_000)] + book["cells"]
    text = {"output_type": "stream", "name": "stdout", "text": "z" * 99_999}
    book["cells"][0]["outputs"] = [text] * 2_000
    page = made(graded, "anna", book)
    assert len(page) < 500_000
    assert "1996 more cells of your own are left out here" in words(page)
    assert "characters are left out here" in words(page)
    assert "Only the first 30 outputs of this cell are here." in words(page)
    for each in book["cells"][:2_000]:
        each["source"] = "pass"
    assert "1901 more cells of your own are left out here" in words(made(graded, "anna", book))


def test_an_answer_in_words_is_text_and_its_points_come_from_a_person(graded):
    book = read(graded.root / "autograded" / "anna" / "one" / "doubling.ipynb")
    answer = {"grade_id": "why", "grade": True, "solution": True, "locked": False, "points": 4, "schema_version": 3}
    text = "It is *safe*.\n\n<script>alert(1)</script>"
    book["cells"].append({"cell_type": "markdown", "id": "why", "metadata": {"nbgrader": answer}, "source": text})
    score = feedback.NotebookScore({"why": feedback.CellScore(0, 4, None, False, True)})
    about = {"assignment": "one", "student": "anna", "name": "doubling"}
    page = feedback.page(book, None, score, **about)
    assert "It is <em>safe</em>." in page
    assert things_that_run_or_are_fetched(page) == []
    assert "Your answer open 0 of 4 It is safe" in re.sub(r"</?em>", "", words(page)).replace(" safe ", " safe")
    assert "Some points are still to be looked at by a person." in words(page)


@pytest.mark.parametrize(
    ("content", "taken"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack("!II", 300, 200), True),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack("!II", 30_000, 200), False),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack("!II", 300, 200) + bytes(500_000), False),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", False),
        (b"<svg onload='alert(1)'>", False),
    ],
    ids=["small", "too wide", "too large", "cut off", "no PNG"],
)
def test_pictures_are_small_pngs(graded, content, taken):
    book = read(graded.root / "autograded" / "ben" / "one" / "doubling.ipynb")
    own = {"cell_type": "code", "execution_count": None, "metadata": {}, "id": "own-1", "source": "show()"}
    data = {"image/png": base64.b64encode(content).decode(), "text/plain": "a picture"}
    many = [{"output_type": "display_data", "metadata": {}, "data": data}] * 2 * feedback.MOST_PICTURES
    book["cells"].insert(0, {**own, "outputs": many})
    page = made(graded, "ben", book)
    assert page.count("<img") == (feedback.MOST_PICTURES if taken else 0)
    assert "a picture" in page


def test_reasons_are_on_the_page(written):
    assert "Refused: it is no notebook" in words(written["dora"])
    assert "not run Two is doubled. 0 of 1" in words(written["dora"])
    flagged = words(written["fay"])
    assert "Flagged: its tests cannot be believed" in flagged and "altered" in flagged
    assert "withheld Two is doubled." in flagged
    assert "withheld until a person has looked" in flagged
    assert "There is no answer here." in words(written["cem"])


def test_points_and_comments_given_by_hand_and_late_penalties_are_on_the_page(graded_copy):
    with Gradebook(f"sqlite:///{graded_copy.root}/gradebook.db") as book:
        by_hand = book.find_grade("double-negative", "doubling", "one", "ben")
        by_hand.manual_score, by_hand.extra_credit = 1.5, 0.25
        book.find_comment("double", "doubling", "one", "ben").manual_comment = "Think of <debts>."
        book.find_comment("double", "doubling", "one", "cem").manual_comment = "Come and see me."
        book.find_submission_notebook("doubling", "one", "ben").late_submission_penalty = 2
        book.db.commit()
    run_feedback(graded_copy, "one", ["ben", "cem"])
    text = words(page_of(graded_copy, "ben"))
    assert "3.75 of 6 points" in text
    assert "5.75 points, less 2 because it was handed in late." in text
    assert "in part Negative numbers, which are doubled too. (hidden test) 1.75 of 2 by hand" in text
    assert "Think of <debts>." in text
    assert "Come and see me." in words(page_of(graded_copy, "cem"))


@pytest.mark.filterwarnings("ignore:Passing unrecognized arguments")  # by nbgrader
def test_nbgraders_own_command_makes_the_same_pages_and_can_release_them(graded_copy, monkeypatch):
    run_feedback(graded_copy, "one")
    ours = {student: page_of(graded_copy, student) for student in STUDENTS}
    monkeypatch.chdir(graded_copy.root)
    api = NbGraderAPI(config=load_config(graded_copy))
    assert api.release_feedback("one")["success"]
    released = sorted((graded_copy.root / "exchange").rglob("*.html"))
    assert sorted(page.read_text() for page in released) == sorted(ours.values())
    assert api.generate_feedback("one", force=True)["success"]
    assert {student: page_of(graded_copy, student) for student in STUDENTS} == ours


def test_without_release_a_page_shows_nothing_of_ours(graded_copy):
    (graded_copy.release / "one" / "doubling.ipynb").unlink()
    run_feedback(graded_copy, "one", ["ben"])
    text = words(page_of(graded_copy, "ben"))
    assert "return abs(n + n)" in text and "double-negative (hidden test) 0 of 2" in text
    assert "assert" not in text and "Write" not in text


def test_a_notebook_that_nbgrader_graded_in_its_own_way_has_its_messages(graded):
    book = read(graded.root / "autograded" / "ben" / "one" / "doubling.ipynb")
    kept = words(made(graded, "ben", book))
    del book["metadata"]["autograder"]
    assert words(made(graded, "ben", book)) == kept
    for odd in ([], {"cells": 1}, {"status": {}, "why": [], "cells": {}, "unanswered": []}):
        made(graded, "ben", {**book, "metadata": {"autograder": odd}})


def test_what_cannot_be_made_is_one_line_and_the_rest_is_made(graded_copy):
    run_feedback(graded_copy, "one")
    (graded_copy.root / "autograded" / "anna" / "one" / "doubling.ipynb").unlink()
    (graded_copy.root / "feedback" / "ben" / "one" / "doubling.html").unlink()
    (graded_copy.root / "feedback" / "ben" / "one" / "gone.html").touch()
    with pytest.raises(UserError) as caught:
        run_feedback(graded_copy, "one")
    assert caught.value.lines == (
        "autograded/anna/one/doubling.ipynb: no such notebook; run `autograder grade one --student anna`",
    )
    assert page_of(graded_copy, "anna")
    assert sorted(path.name for path in (graded_copy.root / "feedback" / "ben" / "one").iterdir()) == [
        *("doubling.html", "submission_secret.txt", "timestamp.txt")
    ]


def test_bad_input_is_one_line(graded_copy, course):
    with pytest.raises(UserError, match="no assignment two in source/; there is: one"):
        run_feedback(graded_copy, "two")
    with pytest.raises(UserError, match="one: nothing is graded of zoe"):
        run_feedback(graded_copy, "one", ["anna", "zoe"])
    with pytest.raises(UserError, match="one: nothing is graded yet; run `autograder grade one` first"):
        run_feedback(course, "one")
    assert not (course.root / "gradebook.db").exists()
    run_feedback(graded_copy, "one", ["anna"])
    feedback_folder = graded_copy.root / "feedback"
    feedback_folder.rename(graded_copy.root / "moved")
    feedback_folder.write_text("no folder")
    with pytest.raises(OSError, match="feedback"):
        run_feedback(graded_copy, "one", ["anna"])


def test_messages_are_taken_apart_and_others_stay_whole():
    drawing = "thread 1  |a==>\n  > not finished"
    said = pages.message(f"CheckFailed: f(1)\n  seen:      returned\n{'  ' * 8}6\n  expected:  7\n\n{drawing}")
    assert said == pages.Message("f(1)", [("seen", "returned\n   6"), ("expected", "7")], drawing)
    assert pages.message("ValueError: \x1b[31mno\x1b[0m\x00") == pages.Message("ValueError: no�", [], "")


def test_a_result_goes_through_the_notebook_it_is_kept_in(graded):
    book = read(graded.root / "autograded" / "ben" / "one" / "doubling.ipynb")
    result = feedback.result_in(book, "ben", "doubling")
    again = feedback.result_in(with_result(book, result), "ben", "doubling")
    assert again == result and not result.cells["double-negative"].passed
    assert to_bytes(with_result(book, result)) != to_bytes({**book, "metadata": {}})


@NEEDS_CHROMIUM
def test_pages_fit_a_phone(graded, written):
    folder = Path(graded.root / "feedback")
    assert widths([folder / student / "one" / "doubling.html" for student in ("ben", "evil")]) == [390, 390]
