"""Verifying a tiny course: what ends with 0, and that each kind of mistake is a surprise which is named."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder import cli
from autograder.authoring.verify import Report, run_verify, verify
from autograder.course import Course
from autograder.errors import UserError

SOLUTION = "def double(n):\n    ### BEGIN SOLUTION\n    return n + n\n    ### END SOLUTION"
POSITIVE = "seen = double(3)\nassert seen == 6, f'of 3: {seen}'"
NEGATIVE = "# Below zero.\n### BEGIN HIDDEN TESTS\nassert double(-3) == -6, 'below zero'\n### END HIDDEN TESTS"
MODULE = "%%writefile numbers_of_mine.py\n### BEGIN SOLUTION\ndef half(n):\n    return n / 2\n### END SOLUTION"
HALF = "from numbers_of_mine import half\nassert half(int(open('data/four.txt').read())) == 2, 'half of 4'"

ADDS_TWO = '"""Adds two.\n\nMisconception: M2\nFails double-positive: of 3: 5\nFails double-negative: below zero\n"""\n'
ANSWERS = {
    "double/right_product.py": '"""A product."""\n\ndef double(n):\n    return n * 2',
    "double/right_shift.py": '"""A shift."""\n\ndef double(n):\n    return n << 1',
    "double/wrong_adds_two.py": ADDS_TWO + "def double(n):\n    return n + 2",
    "double/wrong_without_sign.py": '"""No sign.\n\nFails double-negative: below zero\n"""\ndef double(n):\n'
    "    return abs(n) * 2",
    "half/right_product.py": '"""A product."""\ndef half(n):\n    return n * 0.5',
    "half/right_shift.py": '"""A shift."""\ndef half(n):\n    return n >> 1',
    "half/wrong_third.py": '"""A third.\n\nFails half-four: half of 4\n"""\ndef half(n):\n    return n / 3',
}


def marked(grade_id: str, source: str, points: int = 0) -> NotebookNode:
    mark = {"grade_id": grade_id, "grade": bool(points), "solution": not points, "locked": bool(points)}
    mark |= {"schema_version": 3, "task": False} | ({"points": points} if points else {})
    return new_code_cell(source, id=grade_id, metadata={"nbgrader": mark})


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """A course whose assignment `one` has the notebook `numbers` with the exercises `double` and `half`."""
    course = Course(tmp_path / "course")
    task = {"grade_id": "double-task", "grade": False, "solution": False, "locked": True, "schema_version": 3}
    cells = [
        new_markdown_cell("Double it.", id="double-task", metadata={"nbgrader": task}),
        marked("double", SOLUTION),
        new_code_cell("double", id="try-it"),
        marked("double-positive", POSITIVE, 1),
        marked("double-negative", NEGATIVE, 1),
        marked("half", MODULE),
        marked("half-four", HALF, 1),
    ]
    (course.source / "one" / "data").mkdir(parents=True)
    (course.source / "one" / "data" / "four.txt").write_text("4")
    nbformat.write(new_notebook(cells=cells), notebook_of(course))
    for name, text in ANSWERS.items():
        path = answer_of(course, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return course


def notebook_of(course: Course) -> Path:
    return course.source / "one" / "numbers.ipynb"


def answer_of(course: Course, name: str) -> Path:
    return course.answers / "one" / "numbers" / name


def rewrite(course: Course, grade_id: str, source: str) -> None:
    """Give one cell of the source notebook another source."""
    notebook = nbformat.read(notebook_of(course), as_version=4)
    next(cell for cell in notebook.cells if cell.id == grade_id).source = source
    nbformat.write(notebook, notebook_of(course))


def surprises(report: Report) -> dict[tuple[str, str, str], str]:
    return {(row.exercise, row.kind, row.answer): row.why for row in report.surprises}


def verify_double(course: Course, **options: object) -> dict[tuple[str, str, str], str]:
    return surprises(verify(course, ["one"], exercise="double", **options))


def test_a_course_without_fault_ends_with_0_and_a_row_for_each_verdict(course, tmp_path, capsys):
    file = tmp_path / "rows.json"
    assert run_verify(course, json_to=str(file)) == 0
    rows = json.loads(file.read_text())
    assert [(row["exercise"], row["kind"], row["answer"]) for row in rows] == [
        ("double", "stub", ""),
        ("double", "solution", ""),
        ("double", "right", "right_product"),
        ("double", "right", "right_shift"),
        ("double", "wrong", "wrong_adds_two"),
        ("double", "wrong", "wrong_without_sign"),
        ("half", "stub", ""),
        ("half", "solution", ""),
        ("half", "right", "right_product"),
        ("half", "right", "right_shift"),
        ("half", "wrong", "wrong_third"),
    ]
    assert all(row["ok"] is True and row["why"] == "" for row in rows)
    assert {(row["assignment"], row["notebook"]) for row in rows} == {("one", "numbers")}
    assert rows[4]["misconceptions"] == ["M2"]
    assert rows[4]["cells"]["double-positive"] == {"passed": False, "message": "of 3: 5", "ename": "AssertionError"}
    shown, progress = capsys.readouterr()
    assert "wrong_without_sign" in shown
    assert "11 verdicts: no surprises" in shown
    assert progress == "", "progress is for terminals only"


def test_an_emptied_test_cell_is_a_surprise(course):
    rewrite(course, "double-negative", "# Below zero.\n### BEGIN HIDDEN TESTS\n### END HIDDEN TESTS")
    found = verify_double(course)
    assert set(found) == {
        ("double", "stub", ""),
        ("double", "wrong", "wrong_adds_two"),
        ("double", "wrong", "wrong_without_sign"),
    }
    assert "double-negative: expected to fail on the stub, but it passed" in found["double", "stub", ""]


def test_a_broken_solution_is_a_surprise_with_the_whole_message(course, capsys):
    rewrite(course, "double", SOLUTION.replace("n + n", "n + 2"))
    assert run_verify(course, exercise="double") == 1
    shown = capsys.readouterr().out
    assert "SURPRISE one/numbers/double solution\n" in shown
    assert "cell double-positive: expected to pass, but it failed:\n        AssertionError: of 3: 5\n" in shown
    assert "6 verdicts: 1 surprise\n" in shown


def test_a_wrong_answer_that_is_right_is_a_surprise_and_stdout_holds_only_json(course, capsys):
    answer_of(course, "double/wrong_adds_two.py").write_text(ADDS_TWO + "def double(n):\n    return n + n")
    assert run_verify(course, exercise="double", json_to="-") == 1
    out, err = capsys.readouterr()
    (row,) = [row for row in json.loads(out) if not row["ok"]]
    assert row["answer"] == "wrong_adds_two"
    assert "cell double-negative: expected to fail with the words 'below zero', but it passed" in row["why"]
    assert "SURPRISE one/numbers/double wrong wrong_adds_two" in err


def test_what_else_can_be_wrong_with_an_answer_is_named(course):
    def write(name: str, text: str) -> None:
        answer_of(course, f"double/{name}.py").write_text(text)

    by_syntax = ADDS_TWO.replace("of 3: 5", "invalid syntax").replace("below zero", "SyntaxError")
    write("wrong_words", ADDS_TWO.replace("of 3: 5", "of 3: 7") + "def double(n):\n    return n + 2")
    write("wrong_more", '"""Fails more.\n\nFails double-positive: of 3\n"""\ndef double(n):\n    return n + 2')
    write("wrong_module", ADDS_TWO.replace("of 3: 5", "") + "def double(n):\n    return n + 2")
    write("right_not", '"""Not right."""\ndef double(n):\n    return n + 2')
    write("wrong_by_syntax", by_syntax + "def double(n):\n    return eval('n +')")
    write("wrong_by_death", ADDS_TWO + "import os\ndef double(n):\n    os._exit(5)")
    found = {answer: why for (_, _, answer), why in verify_double(course).items()}
    assert set(found) == {
        "wrong_words",
        "wrong_more",
        "wrong_module",
        "right_not",
        "wrong_by_syntax",
        "wrong_by_death",
    }
    assert found["wrong_words"] == (
        "cell double-positive: expected to fail with the words 'of 3: 7', but it said:\n    AssertionError: of 3: 5"
    )
    assert (
        found["wrong_more"] == "cell double-negative: expected to pass, but it failed:\n    AssertionError: below zero"
    )
    assert "answers/one/numbers/double/wrong_module.py: says nothing after" in found["wrong_module"]
    assert "double-positive: expected to pass" in found["right_not"]
    assert found["wrong_by_syntax"].count("expected to fail by what the code does, but it has\n    SyntaxError") == 2
    assert "exit code 5" in found["wrong_by_death"]


def test_a_hang_costs_the_timeout_and_is_named(course):
    answer_of(course, "double/right_shift.py").write_text(
        '"""Waits."""\nimport threading\ndef double(n):\n    return n * 2 if n < 0 else threading.Event().wait()'
    )
    found = verify_double(course, timeout=2)
    assert list(found) == [("double", "right", "right_shift")]
    assert (
        "double-positive: expected to pass, but it failed:\n    CellTimeout" in found["double", "right", "right_shift"]
    )


def test_too_few_answers_and_unknown_folders_are_surprises(course):
    answer_of(course, "half/right_shift.py").unlink()
    answer_of(course, "half/wrong_third.py").unlink()
    answer_of(course, "double/wrong_adds_two.py").unlink()
    answer_of(course, "quarter").mkdir()
    report = verify(course, ["one"], notebook="numbers")
    found = surprises(report)
    assert set(found) == {("half", "right", ""), ("half", "wrong", ""), ("quarter", "wrong", "quarter")}
    assert "1 right answers; at least 2" in found["half", "right", ""]
    assert report.notes == ["one/numbers: no wrong answer fails the test cell double-positive"]


def test_a_stub_that_is_no_python_is_a_surprise(course):
    rewrite(course, "half", MODULE.replace("### BEGIN SOLUTION", "def half(n):\n### BEGIN SOLUTION"))
    rewrite(course, "double", SOLUTION.replace("def double(n):", "def double(n)"))
    found = surprises(verify(course))
    assert "cell half: expected Python, but the module that it writes has IndentationError" in found["half", "stub", ""]
    assert "cell double: expected no syntax error" in found["double", "stub", ""]


def test_a_cell_of_no_exercise_that_fails_in_the_solved_notebook_is_a_surprise(course):
    rewrite(course, "try-it", "double(1) / 0")
    assert list(verify_double(course)) == [("double", "solution", "")]


def test_verdicts_that_differ_between_repeats_are_named(course, tmp_path):
    # Right in the run that comes first, wrong in the other.
    seen = tmp_path / "seen"
    answer_of(course, "double/right_shift.py").write_text(
        f'"""Once."""\nimport os\ntry:\n    os.mkdir({str(seen)!r})\n    factor = 2\n'
        "except FileExistsError:\n    factor = 3\n"
        "def double(n):\n    return n * factor"
    )
    report = verify(course, exercise="double", repeat=2)
    assert {row.repeat for row in report.rows} == {1, 2}
    assert {row.key[3:] for row in report.surprises} == {("right", "right_shift")}
    assert "cell double-positive: expected one verdict, but it passed 1 of 2 times" in report.surprises[0].why


def test_the_command_ends_with_the_code_and_one_line_for_what_is_unknown(course, monkeypatch, capsys):
    (course.root / "nbgrader_config.py").touch()
    monkeypatch.chdir(course.source)
    for arguments, code in ((["one", "--exercise", "half"], 0), (["two"], 2)):
        with pytest.raises(SystemExit) as caught:
            cli.main(["verify", *arguments])
        assert caught.value.code == code
    assert capsys.readouterr().err == "autograder: no assignment two in source/; there is: one\n"


def forget_answers(course: Course) -> None:
    course.answers.rename(course.root / "elsewhere")


@pytest.mark.parametrize(
    ("damage", "options", "line"),
    [
        (lambda course: None, {"assignments": ["two"]}, "no assignment two"),
        (lambda course: None, {"exercise": "triple"}, "no exercise triple; there is: double, half"),
        (lambda course: None, {"notebook": "letters"}, "letters; there is: numbers"),
        (lambda course: None, {"json_to": "/no/such/folder/rows.json"}, "folder does not exist"),
        (forget_answers, {}, "answers/one: no such folder"),
        (lambda course: notebook_of(course).unlink(), {}, "source/one: no notebook"),
        (lambda course: notebook_of(course).write_text('{"cells": ['), {}, "source/one/numbers.ipynb: not a notebook"),
        (lambda course: notebook_of(course).write_text('{"nbformat": 5}'), {}, "source/one/numbers.ipynb"),
        (lambda course: rewrite(course, "double", "### BEGIN SOLUTION"), {}, "nbgrader cannot clear its solutions"),
    ],
)
def test_what_cannot_be_run_is_one_line(course, damage, options, line):
    damage(course)
    with pytest.raises(UserError) as caught:
        run_verify(course, **options)
    assert line in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("grade_id", ["triple-positive", "double-positive"])
def test_a_test_cell_without_an_exercise_or_a_name_of_its_own_is_refused(course, grade_id):
    notebook = nbformat.read(notebook_of(course), as_version=4)
    notebook.cells.append(marked(grade_id, "1", 1))
    notebook.cells[-1].id = "another"
    nbformat.write(notebook, notebook_of(course))
    with pytest.raises(UserError, match=f"numbers.ipynb: the test cell {grade_id} needs a grade_id of its own"):
        verify(course)
