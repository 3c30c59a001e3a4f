"""The commands that a text for people or a workflow names: are they there?"""

from __future__ import annotations

import re
from pathlib import Path

import typer

from autograder import cli

ROOT = Path(__file__).resolve().parents[1]
NBGRADER = {"autograde", "db", "export", "generate_feedback", "release_assignment", "release_feedback", "validate"}


def assert_commands_exist(text: str) -> None:
    """Each `autograder`, `nbgrader` and `make` command in the text is there, with the options that it is given."""
    known = typer.main.get_command(cli.app).commands
    for name, rest in re.findall(
        r"(?:^|[`;&|] ?| {2,}|do )autograder ([a-z]+)\b((?:[^\n`]|\\\n)*)", text, re.MULTILINE
    ):
        assert name in known, name
        options = {option for parameter in known[name].params for option in parameter.opts + parameter.secondary_opts}
        assert {*re.findall(r"(?<!\S)--[a-z-]+", rest)} <= options | {"--help"}, (name, rest)
    for name in re.findall(r"(?:`| {2,})nbgrader ([a-z_]+)\b", text):
        assert name in NBGRADER, name
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert {*re.findall(r"(?:`| {2,}|run: )make ([a-z]+)", text)} <= {*targets}


def command_lines(readme: str, heading: str) -> list[str]:
    """The first indented block below a heading, a command line each, without remarks."""
    block = re.search(r"(?:^ {4}\S.*\n)+", readme[readme.index(heading) :], re.MULTILINE)
    assert block, heading
    return [line.partition(" #")[0].strip() for line in block[0].splitlines()]
