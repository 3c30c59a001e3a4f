"""How far a student is: what saved notebooks tell, in a terminal and in a notebook."""

from __future__ import annotations

import json
import shutil

import nbformat
import pytest
from nbclient import NotebookClient

from autograder.authoring.release import release
from autograder.errors import UserError
from autograder.progress import progress
from autograder.student_cli import main
from tests.tiny import find


@pytest.fixture
def handed_out(course):
    """A released course, as students have it: without source/."""
    release(course)
    shutil.rmtree(course.source)
    return course


def change(course, what):
    """Let `what` change the notebook as JupyterLab would save it."""
    path = course.release / "one" / "doubling.ipynb"
    book = json.loads(path.read_text())
    what(book)
    path.write_text(json.dumps(book))
    return path


def answer(code):
    def fill(book):
        find(book, "double")["source"] = code

    return fill


def run_as_in_a_notebook(course):
    path = course.release / "one" / "doubling.ipynb"
    book = nbformat.read(path, as_version=4)
    NotebookClient(book, timeout=60, kernel_name="python3", allow_errors=True).execute()
    nbformat.write(book, path)


def states(course):
    return [(each.state, each.passed, each.failed, each.unrun) for each in progress(course.root).exercises]


def test_what_was_released_is_untouched(handed_out):
    assert states(handed_out) == [("untouched", (), (), ("double-two",))]


def test_what_was_run_without_an_answer_is_still_untouched(handed_out):
    run_as_in_a_notebook(handed_out)
    assert states(handed_out) == [("untouched", (), (), ("double-two",))]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("def double(n):\n    return n", ("begun", (), ("double-two",), ())),
        ("def double(n):\n    return n + n", ("passes", ("double-two",), (), ())),
    ],
    ids=["wrong", "right"],
)
def test_an_answer_passes_when_its_visible_tests_do(handed_out, code, expected):
    change(handed_out, answer(code))
    assert states(handed_out) == [("begun", (), (), ("double-two",))]
    run_as_in_a_notebook(handed_out)
    assert states(handed_out) == [expected]


def test_a_test_that_ran_before_the_answer_was_run_again_does_not_count(handed_out):
    change(handed_out, answer("def double(n):\n    return n + n"))
    run_as_in_a_notebook(handed_out)
    change(handed_out, lambda book: find(book, "double").update(execution_count=99))
    assert states(handed_out) == [("begun", (), (), ("double-two",))]


def test_command_tells_people_and_programs_from_anywhere_in_the_course(handed_out, monkeypatch, capsys):
    change(handed_out, answer("def double(n):\n    return n"))
    monkeypatch.chdir(handed_out.release / "one")
    with pytest.raises(SystemExit) as ended:
        main(["progress"])
    said = capsys.readouterr()
    assert (ended.value.code, said.err) == (0, "")
    assert said.out.startswith("one/doubling  ◐ double 0/1\n\n0 of 1 exercises pass their visible tests, 1 more begun.")
    with pytest.raises(SystemExit):
        main(["progress", "--json"])
    (row,) = json.loads(capsys.readouterr().out)
    assert row == {
        **{"assignment": "one", "notebook": "doubling", "exercise": "double", "state": "begun"},
        **{"passed": [], "failed": [], "unrun": ["double-two"]},
    }


def test_a_damaged_notebook_is_named_and_the_rest_is_shown(handed_out, monkeypatch, capsys):
    (handed_out.release / "one" / "broken.ipynb").write_text('{"cells"')
    table = progress(handed_out.root)
    assert len(table.exercises) == 1
    assert "one/broken.ipynb: not a notebook" in table._repr_html_()
    monkeypatch.chdir(handed_out.root)
    with pytest.raises(SystemExit) as ended:
        main(["progress"])
    said = capsys.readouterr()
    assert (ended.value.code, said.err.count("\n")) == (2, 1)
    assert "one/doubling" in said.out
    assert "broken" not in said.out


def test_a_folder_without_exercises_is_told(tmp_path):
    with pytest.raises(UserError, match="no exercises here; go to the course's folder"):
        progress(tmp_path)
    with pytest.raises(UserError, match="no such folder"):
        progress(tmp_path / "lost")


def test_in_a_notebook_names_are_only_text_and_colours_those_of_the_theme(handed_out):
    path = handed_out.release / "one" / "doubling.ipynb"
    path.rename(path.with_name("<b>&.ipynb"))
    shown = progress(handed_out.root)._repr_html_()
    assert "one/&lt;b&gt;&amp;" in shown
    assert "color" not in shown
