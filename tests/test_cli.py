"""The command line: what each command prints, and how it ends."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from autograder import cli
from autograder.course import Course
from autograder.errors import UserError, explain_os_error
from tests.tiny import doubling, save


@pytest.fixture
def run(capsys):
    """Run the command line in this process: exit code, stdout, stderr."""

    def run(*arguments: object) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as caught:
            cli.main([str(argument) for argument in arguments])
        return caught.value.code, *capsys.readouterr()

    return run


@pytest.fixture
def here(course: Course, monkeypatch) -> Course:
    """A tiny course, with the current folder somewhere in it."""
    monkeypatch.chdir(course.source)
    return course


def commands() -> list[tuple[str, object]]:
    group = typer.main.get_command(cli.app)
    return [("autograder", group), *group.commands.items()]


@pytest.mark.parametrize(("name", "command"), commands(), ids=[name for name, _ in commands()])
def test_each_command_and_each_of_its_options_has_a_sentence_of_help(name, command, run):
    assert command.help and command.help.endswith(".")
    for parameter in command.params:
        assert parameter.help and parameter.help.endswith("."), parameter.name
    code, out, err = run(*([] if name == "autograder" else [name]), "--help")
    assert (code, err) == (0, "")
    assert "--help" in out


def test_help_loads_no_room():
    code = "import sys, autograder.cli; print({'nbgrader', 'nbformat', 'IPython'} & sys.modules.keys())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


def test_module_can_be_run():
    done = subprocess.run([sys.executable, "-m", "autograder", "--version"], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("autograder ")


def test_no_command_prints_help_and_is_no_success(run):
    code, out, err = run()
    assert (code, out) == (2, "")
    assert "Commands:" in err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["relase"], "No such command 'relase'"),
        (["release", "--chek"], "No such option: --chek"),
        (["release", "three"], "no assignment three in source/; there is: one"),
        (["normalise", "lost.ipynb"], "lost.ipynb: no such notebook or folder"),
    ],
)
def test_mistake_of_the_user_is_one_line_on_stderr(here, run, arguments, words):
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert err.startswith("autograder: ")
    assert words in err
    assert err.count("\n") == 1


def test_outside_of_a_course_is_told(tmp_path: Path, monkeypatch, run):
    monkeypatch.chdir(tmp_path)
    code, _, err = run("release")
    assert code == 2
    assert (
        err
        == f"autograder: {tmp_path} is not in a course: go to the folder that holds source/ and nbgrader_config.py\n"
    )


def test_release_says_what_it_wrote_and_then_that_nothing_is_to_do(here, run):
    assert run("release") == (0, "written: release/one/doubling.ipynb\n", "")
    assert run("release", "one") == (0, "", "release/ is up to date (1 files)\n")


def test_release_check_fails_after_one_changed_character(here, run):
    run("release")
    assert run("release", "--check")[0] == 0
    source = here.source / "one" / "doubling.ipynb"
    source.write_text(source.read_text().replace("Twice n", "Twice m"))
    code, out, err = run("release", "--check")
    assert (code, out) == (1, "differs: release/one/doubling.ipynb\n")
    assert "autograder release" in err


def test_release_as_json(here, run):
    code, out, _ = run("release", "--check", "--json")
    assert (code, json.loads(out)) == (1, [{"file": "release/one/doubling.ipynb", "state": "lacks"}])


def test_release_refuses_with_a_line_for_each_problem(here, run):
    (here.source / "one" / "a.py").write_text("")
    (here.source / "one" / "b.py").write_text("")
    code, out, err = run("release")
    assert (code, out) == (2, "")
    assert [line[:28] for line in err.splitlines()] == ["autograder: source/one/a.py:", "autograder: source/one/b.py:"]


def test_normalise_check_then_write_then_check(here, run):
    assert run("normalise", "--check")[:2] == (1, "not normal: one/doubling.ipynb\n")
    assert run("normalise") == (0, "written: one/doubling.ipynb\n", "")
    assert run("normalise", "--check") == (0, "", "")


def test_normalise_needs_no_course(tmp_path: Path, monkeypatch, run):
    monkeypatch.chdir(tmp_path)
    save(tmp_path / "book.ipynb", doubling())
    assert run("normalise", "book.ipynb") == (0, "written: book.ipynb\n", "")


@pytest.mark.parametrize(
    ("error", "code", "expected"),
    [
        (UserError("one", "two"), 2, "autograder: one\nautograder: two\n"),
        (KeyboardInterrupt(), 130, ""),
        (PermissionError(13, "Permission denied", "x"), 2, "autograder: x: not allowed here (Permission denied)"),
        (OSError(30, "Read-only file system", "x"), 2, "autograder: x: not allowed here (Read-only file system)"),
        (OSError(28, "No space left on device"), 2, "autograder: the disk is full (No space left on device)"),
        (NotADirectoryError(20, "Not a directory", "x"), 2, "autograder: x: Not a directory"),
    ],
    ids=["user", "interrupt", "permission", "read-only", "full", "folder"],
)
def test_what_goes_wrong_ends_without_a_traceback(here, run, monkeypatch, error, code, expected):
    def fail(*_, **__):
        raise error

    monkeypatch.setattr("autograder.authoring.normalise.normalise_files", fail)
    ended, out, err = run("normalise")
    assert (ended, out) == (code, "")
    assert err.startswith(expected)
    assert "Traceback" not in err


def test_fault_of_the_program_is_not_hidden(here, monkeypatch):
    def fail(*_, **__):
        raise ZeroDivisionError

    monkeypatch.setattr("autograder.authoring.normalise.normalise_files", fail)
    with pytest.raises(ZeroDivisionError):
        cli.main(["normalise"])


def test_folder_in_which_nothing_can_be_made_is_told(here, run):
    here.release.write_text("a file in its place")
    code, out, err = run("release")
    assert (code, out) == (2, "")
    assert err.startswith(f"autograder: {here.release}")
    assert err.count("\n") == 1


def test_error_without_a_file_is_told_too():
    assert explain_os_error(OSError("odd")) == "odd"
