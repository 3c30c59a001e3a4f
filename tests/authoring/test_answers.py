"""Reading answers: what a file says, and that nothing which is not understood is passed over."""

from __future__ import annotations

import multiprocessing
from pathlib import Path

import pytest

from autograder.authoring.answers import Answer, ExerciseRef, Problem, read_answers

DOUBLE = ExerciseRef("one", "numbers", "double", ("double-positive", "double-negative"))
HALF = ExerciseRef("one", "numbers", "half", ("half-even",))

WRONG = '''"""Adds two
instead.

Misconception: M2, M13
Fails double-negative: got -1: too much

Fails double-positive: [3]
"""

# A comment.
def double(n):
    return n + 2
'''


def read_one(root: Path, text: str, name: str = "wrong_adds.py") -> Answer | Problem:
    path = root / "one" / "numbers" / "double" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    answers, problems = read_answers(root, [DOUBLE, HALF])
    (found,) = [*answers, *problems]
    assert found.path == path
    return found


def test_a_wrong_answer_says_what_fails_with_which_words(tmp_path):
    answer = read_one(tmp_path, WRONG)
    assert (answer.assignment, answer.notebook, answer.exercise) == ("one", "numbers", "double")
    assert (answer.kind, answer.name, answer.sentence) == ("wrong", "wrong_adds", "Adds two instead.")
    assert answer.misconceptions == ("M2", "M13")
    assert answer.fails == {"double-negative": "got -1: too much", "double-positive": "[3]"}
    assert answer.code == "# A comment.\ndef double(n):\n    return n + 2"


@pytest.mark.parametrize("methods", [["fork", "spawn"], ["spawn"], ["forkserver", "spawn", "fork"]])
def test_what_fails_only_where_children_are_not_forked(tmp_path, monkeypatch, methods):
    monkeypatch.setattr(multiprocessing, "get_all_start_methods", lambda: methods)
    answer = read_one(tmp_path, WRONG.replace("positive: [3]", "positive without fork: no lambda"))
    assert answer.fails["double-negative"] == "got -1: too much"
    assert answer.fails.get("double-positive") == (None if methods[0] == "fork" else "no lambda")
    answer = read_one(tmp_path, WRONG.replace("[3]", "[3]\nFails double-positive without fork: no lambda"))
    assert answer.fails["double-positive"] == ("[3]" if methods[0] == "fork" else "no lambda")


def test_a_right_answer_needs_a_sentence_only(tmp_path):
    answer = read_one(tmp_path, '"""By adding."""\n\nawait_it = await None', "right_adds.py")
    assert (answer.kind, answer.sentence, answer.fails, answer.misconceptions) == ("right", "By adding.", {}, ())
    assert answer.code == "await_it = await None"


def test_a_misconception_may_be_a_phrase(tmp_path):
    answer = read_one(tmp_path, WRONG.replace("M2, M13", "adds first, then thinks"))
    assert answer.misconceptions == ("adds first, then thinks",)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("def double(n): return n + n", "no docstring"),
        ('"""   """\nx = 1', "no docstring"),
        ("", "no docstring"),
        (WRONG.partition("# A")[0], "no code"),
        (WRONG.replace("(n)", "(n"), "is not Python"),
        (WRONG.replace("# A comment.", "%%writefile numbers.py"), "leave out the cell's %% line"),
        (WRONG.replace("Misconception", "Misunderstanding"), "'Misunderstanding: M2, M13'"),
        (WRONG.replace("M2, M13", ""), "says nothing after `Misconception:`"),
        (WRONG.replace("[3]", ""), "says nothing after `Fails double-positive:`"),
        (WRONG.replace("Fails double-positive: [3]", "Fails double-positive"), "neither"),
        (WRONG.replace("double-positive", "double-zero"), "double-zero fails, which is no test cell of double"),
        (WRONG.replace("double-positive", "half-even"), "half-even fails, which is no test cell of double"),
        (WRONG.replace("double-positive", "double-negative"), "two lines `Fails double-negative`"),
        (
            WRONG.replace("[3]", "[3]\nFails double-negative without fork: x\nFails double-negative without fork: y"),
            "two lines `Fails double-negative without fork`",
        ),
        (WRONG.replace("Fails double-positive: [3]", "Misconception: M1"), "two lines `Misconception`"),
        ('"""Adds."""\ndef double(n): return n + 2', "without a line `Fails"),
        ('"""Adds.\nFails double-positive: x\n"""\ndef double(n): return n + 2', "an empty line before"),
        ('"""Fails double-positive: x"""\ndef double(n): return n + 2', "an empty line before"),
    ],
)
def test_what_a_wrong_answer_must_not_be(tmp_path, text, problem):
    found = read_one(tmp_path, text)
    assert isinstance(found, Problem)
    assert problem in found.text
    assert "\n" not in found.text
    assert (found.exercise, found.name) == ("double", "wrong_adds")


@pytest.mark.parametrize("line", ["Fails double-positive: x", "Misconception: M1"])
def test_a_right_answer_must_not_say_what_fails(tmp_path, line):
    found = read_one(tmp_path, f'"""Adds.\n\n{line}\n"""\nx = 1', "right_adds.py")
    assert isinstance(found, Problem)
    assert "right answer with a line" in found.text


@pytest.mark.parametrize("name", ["notes.txt", "right.py", "half_right.py", "wrong_adds.ipynb", "right_adds.py.bak"])
def test_a_stray_file_is_a_problem(tmp_path, name):
    found = read_one(tmp_path, WRONG, name)
    assert isinstance(found, Problem)
    assert "stray" in found.text


def test_bytes_that_are_no_text_are_a_problem(tmp_path):
    path = tmp_path / "one" / "numbers" / "double" / "wrong_bytes.py"
    path.parent.mkdir(parents=True)
    path.write_bytes(b'"""\xff"""')
    _, (problem,) = read_answers(tmp_path, [DOUBLE])
    assert "utf-8" in problem.text


def test_files_and_folders_that_belong_to_no_exercise_are_problems(tmp_path):
    (tmp_path / "one" / "numbers" / "quarter").mkdir(parents=True)
    (tmp_path / "one" / "letters").mkdir()
    (tmp_path / "one" / "numbers" / "notes.md").touch()
    (tmp_path / "one" / "right_lost.py").touch()
    (tmp_path / "two" / "not_asked_for").mkdir(parents=True)
    answers, problems = read_answers(tmp_path, [DOUBLE])
    assert answers == []
    assert [(problem.path.name, problem.text.partition(":")[0]) for problem in problems] == [
        ("letters", "a folder for an unknown notebook"),
        ("notes.md", "a stray file"),
        ("quarter", "a folder for an unknown exercise"),
        ("right_lost.py", "a stray file"),
    ]


def test_what_the_machine_leaves_behind_is_passed_over(tmp_path):
    for name in ("__pycache__", ".ipynb_checkpoints"):
        (tmp_path / "one" / "numbers" / "double" / name).mkdir(parents=True)
    (tmp_path / "one" / ".DS_Store").touch()
    assert read_answers(tmp_path, [DOUBLE]) == ([], [])


def test_an_assignment_without_answers_has_none(tmp_path):
    assert read_answers(tmp_path, [DOUBLE]) == ([], [])
