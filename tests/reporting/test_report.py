"""The report on a graded class: its figures, its misconceptions, and who is to be looked at."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from nbgrader.plugins import CsvExportPlugin, LateSubmissionPlugin
from sqlalchemy import Engine, event

from autograder import cli
from autograder.authoring.answers import Answer, ExerciseRef, read_answers
from autograder.course import Course
from autograder.errors import UserError
from autograder.grading.record import Record
from autograder.grading.results import result_in
from autograder.notebooks import exercises, find_notebooks, read
from autograder.reporting.misconceptions import Finding, find
from autograder.reporting.report import COLUMNS, csv_of, html_of, make_report, run_report
from tests.pages import NEEDS_CHROMIUM, widths
from tests.reporting.conftest import things_that_run_or_are_fetched

PROJECT = Course(Path(__file__).parents[2])


@pytest.fixture(scope="module")
def report(graded: Course):
    return make_report(graded, "one")


def test_how_many_have_passed_what(report):
    double, triple = report.exercises
    assert [(test.name, test.title, test.passed, test.judged) for test in double.tests] == [
        ("double-two", "Two is doubled.", 2, 5),
        ("double-negative", "Negative numbers, which are doubled too.", 1, 5),
    ]
    assert (double.passed, double.judged, double.unanswered) == (1, 5, 2), "fay's points are withheld"
    assert (triple.passed, triple.judged, triple.unanswered) == (2, 5, 2)
    assert report.points == [6, 4, 0, 0, 0, 0]
    assert report.max_points == 6


def test_misconceptions_come_with_a_sample_and_what_nobody_knows_is_said(report):
    (row,) = report.misconceptions
    assert (row.label, row.students, dict(row.seen)) == (
        "M1",
        ["ben"],
        {("doubling/double", "Takes `abs` of the result."): 1},
    )
    assert "return abs(n + n)" in row.sample.code and "returned 6" in row.sample.message
    unexplained = {key[:2] for key in report.unexplained}
    assert unexplained == {("doubling/double", "double-two"), ("doubling/double", "double-negative")} | {
        ("doubling/triple", "triple-all")
    }, "of evil, whose answers are like none"
    assert sum(report.unexplained.values()) == 3, "and not of those who have not answered"


def test_who_is_to_be_looked_at(report):
    remarks = {(remark.student, remark.status): remark.why for remark in report.remarks}
    assert remarks.keys() == {("dora", "refused"), ("fay", "flagged")}
    assert "it is no notebook" in remarks["dora", "refused"]
    assert "cannot be believed" in remarks["fay", "flagged"]
    assert report.still_open == {"fay": {"doubling": 3}}


def test_the_page_tells_it_all_and_nothing_on_it_runs_or_is_fetched(report):
    page = html_of(report)
    assert things_that_run_or_are_fetched(page) == []
    for part in (
        'aria-label="Number of submissions by share of the points: 0 to 10 %: 4,',
        "Takes <code>abs</code> of the result.",
        "&lt;script&gt;",
        "Flagged: points withheld (1)",
        "Refused: counts as nothing (1)",
        "Manual grading open (1)",
    ):
        assert part in page, part


def lines_of(text: str) -> dict[str, dict[str, str]]:
    return {line["student_id"]: line for line in csv.DictReader(io.StringIO(text))}


def test_the_csv_says_what_nbgraders_export_says_and_more(graded_copy, tmp_path):
    with Gradebook(f"sqlite:///{graded_copy.root}/gradebook.db") as book:
        book.update_or_create_assignment("one", duedate="2026-11-01 12:00:00 UTC")
        book.update_or_create_student("zoe", last_name="Zet", first_name="Zoe", email="zoe@example.org")
        grade = book.find_grade("double-negative", "doubling", "one", "ben")
        grade.manual_score, grade.needs_manual_grade = 1.5, True
        book.find_submission_notebook("doubling", "one", "ben").late_submission_penalty = 2
        book.db.commit()
        export = CsvExportPlugin()
        export.to = str(tmp_path / "theirs.csv")
        export.export(book)
    ours = lines_of(csv_of(make_report(graded_copy, "one")))
    theirs = lines_of((tmp_path / "theirs.csv").read_text())
    assert {student: {name: line[name] for name in COLUMNS} for student, line in ours.items()} == theirs
    assert ours["ben"]["score"] == "3.5" and ours["ben"]["doubling"] == "3.5"
    assert ours["ben"]["flags"] == "manual grading open"
    assert ours["zoe"]["flags"] == "nothing handed in"
    assert ours["dora"]["flags"].startswith("doubling: refused: it is no notebook")
    assert ours["anna"]["flags"] == ""


def test_no_text_in_the_csv_is_taken_for_a_formula(graded_copy):
    with Gradebook(f"sqlite:///{graded_copy.root}/gradebook.db") as book:
        book.update_or_create_student("zoe", last_name='=HYPERLINK("x")', first_name="a,\nb", email="@zoe")
        book.db.commit()
    line = lines_of(csv_of(make_report(graded_copy, "one")))["zoe"]
    assert (line["last_name"], line["first_name"], line["email"]) == ('\'=HYPERLINK("x")', "a, b", "'@zoe")


def test_nothing_is_changed_and_what_is_no_longer_there_is_told(graded_copy):
    (graded_copy.root / "autograded" / "anna" / "one" / "doubling.ipynb").write_text("{")
    before = {path: path.stat().st_mtime_ns for path in graded_copy.root.rglob("*")}
    report = make_report(graded_copy, "one")
    assert {path: path.stat().st_mtime_ns for path in graded_copy.root.rglob("*")} == before
    assert next((each.student, each.status) for each in report.remarks) == ("anna", "unreadable")
    assert report.points[0] == 6
    assert "No longer there (1)" in html_of(report)


def test_a_larger_class_asks_the_gradebook_no_more_questions(graded_copy):
    def questions() -> int:
        asked = []
        listener = lambda *arguments: asked.append(arguments[2])  # noqa: E731
        event.listen(Engine, "before_cursor_execute", listener)
        make_report(graded_copy, "one")
        event.remove(Engine, "before_cursor_execute", listener)
        return len(asked)

    few = questions()
    multiply(graded_copy, 10)
    assert len(make_report(graded_copy, "one").points) == 16
    assert questions() == few > 0


def multiply(course: Course, times: int) -> None:
    """Let there be so many more students who have done what ben did."""
    folder = course.root / "autograded" / "ben" / "one"
    files = {path.name: path.read_bytes() for path in folder.iterdir()}
    result = result_in(read(folder / "doubling.ipynb"), "ben", "doubling")
    record = Record(f"sqlite:///{course.root}/gradebook.db", course.root / "autograded", LateSubmissionPlugin())
    for number in range(times):
        record.write("one", f"b{number}", [result], files, None)
    record.close()


def test_wrong_answers_are_known_by_their_words():
    refs = [
        ExerciseRef.of(assignment, path.stem, exercise)
        for assignment in PROJECT.assignments()
        for path in find_notebooks(PROJECT.source / assignment)
        for exercise in exercises(read(path))
    ]
    wrong = [answer for answer in read_answers(PROJECT.answers, refs)[0] if answer.kind == "wrong"]
    assert len(wrong) > 500
    taken_for_others = []
    for answer in wrong:
        known = [each for each in wrong if (each.notebook, each.exercise) == (answer.notebook, answer.exercise)]
        findings, left = find(answer.fails, known)
        named = {kind for finding in findings for kinds in finding.kinds for kind in kinds}
        assert left == []
        if not named & set(answer.misconceptions):
            taken_for_others.append(answer.name)
    assert taken_for_others == []


def wrong(name: str, kinds: str, **fails: str) -> Answer:
    return Answer(Path(name), "one", "n", "f", "wrong", name, f"{name}.", tuple(kinds.split()), fails, "")


def test_the_answer_that_explains_most_comes_first_then_what_explains_the_rest():
    both, one, other = (
        wrong("both", "M1", a="None", b="twice"),
        wrong("one", "M2", a="None"),
        wrong("other", "M3", c="late"),
    )
    known = [one, both, other]
    assert find({"a": "returned None", "b": "called twice"}, known) == ([Finding((("M1",),), "both.", ("a", "b"))], [])
    assert find({"a": "returned None"}, known) == ([Finding((("M2",),), "one.", ("a",))], [])
    findings, left = find({"a": "returned None", "b": "called twice", "c": "too late", "d": "?"}, known)
    assert [finding.label for finding in findings] == ["M1", "M3"]
    assert left == ["d"]


def test_answers_that_fail_alike_are_all_named_or_what_they_share():
    fails = {"a": "returned None"}
    assert find(fails, [wrong("x", "M1", a="None"), wrong("y", "M2", a="None")])[0][0].label == "M1 or M2"
    assert find(fails, [wrong("x", "M1 M3", a="None"), wrong("y", "M3", a="None")])[0][0].label == "M3"
    assert find(fails, [wrong("x", "", a="None")])[0][0].label == "x."
    assert find(fails, [wrong("x", "M1", a="None", b="twice", c="late")]) == ([], ["a"]), "too little of it is there"


def test_files_are_written_and_one_of_them_may_go_to_stdout(graded, tmp_path, capsys):
    page, table = tmp_path / "r.html", tmp_path / "r.csv"
    assert run_report(graded, "one", html_to=str(page), csv_to=str(table)) == 0
    said = capsys.readouterr()
    assert said.err == f"written: {page}\nwritten: {table}\n"
    assert "6 submissions, 1.67 of 6 points on average, median 0" in said.out
    assert page.read_text().startswith("<!DOCTYPE html>")
    assert lines_of(table.read_text()).keys() == {"anna", "ben", "cem", "dora", "evil", "fay"}
    assert run_report(graded, "one", csv_to="-") == 0
    assert capsys.readouterr() == (table.read_text(), "")


def test_bad_input_is_one_line_and_loses_nothing(graded_copy, course, tmp_path, monkeypatch, capsys):
    with pytest.raises(UserError, match="no assignment two in source/; there is: one"):
        run_report(graded_copy, "two")
    with pytest.raises(UserError, match="one: nothing is graded yet; run `autograder grade one` first"):
        run_report(course, "one")
    assert not (course.root / "gradebook.db").exists()
    with pytest.raises(UserError, match="its folder does not exist"):
        run_report(graded_copy, "one", html_to=str(tmp_path / "nowhere" / "r.html"))
    with pytest.raises(UserError, match="only one of them can go to stdout"):
        run_report(graded_copy, "one", html_to="-", csv_to="-")
    (tmp_path / "folder").mkdir()
    monkeypatch.chdir(graded_copy.root)
    with pytest.raises(SystemExit) as ended:
        cli.main(["report", "one", "--html", str(tmp_path / "folder")])
    assert ended.value.code == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"autograder: {tmp_path / 'folder'}: ")
    (graded_copy.root / "gradebook.db").write_bytes(b"no database" * 100)
    with pytest.raises(UserError, match=r"gradebook\.db cannot be read: .*not a database"):
        run_report(graded_copy, "one")


@NEEDS_CHROMIUM
def test_the_page_fits_a_phone(report, tmp_path):
    (tmp_path / "report.html").write_text(html_of(report))
    assert widths([tmp_path / "report.html"]) == [390]
