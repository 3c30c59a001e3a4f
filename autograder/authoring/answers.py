"""Reads the right and wrong answers that show that an exercise's tests tell the one from the other.

An answer is a file `answers/<assignment>/<notebook>/<exercise>/right_*.py` or `wrong_*.py`: a docstring that says what
it does and, for a wrong one, which test cells fail with which words; then the code of the solution cell, without a
leading `%%` line. What fails only where children are not forked by themselves (Linux from Python 3.14 on, macOS,
Windows) says so: `Fails GRADE_ID without fork: words`. Nothing is overlooked: whatever is not understood is a problem
with a line of its own.
"""

from __future__ import annotations

import ast
import multiprocessing
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from autograder.notebooks import Exercise, grade_id

KINDS = ("right", "wrong")
WITHOUT_FORK = "without fork"


@dataclass(frozen=True)
class ExerciseRef:
    """Where an exercise stands, and the grade_ids of its test cells in order."""

    assignment: str
    notebook: str
    name: str
    tests: tuple[str, ...]

    @classmethod
    def of(cls, assignment: str, notebook: str, exercise: Exercise) -> Self:
        """The reference to an exercise that stands in this notebook of this assignment."""
        return cls(assignment, notebook, exercise.name, tuple(map(grade_id, exercise.tests)))


@dataclass(frozen=True)
class Answer:
    """One file of `answers/`.

    `fails` has for each test cell that must fail on this machine the words that its message must contain.
    """

    path: Path
    assignment: str
    notebook: str
    exercise: str
    kind: str
    name: str
    sentence: str
    misconceptions: tuple[str, ...]
    fails: dict[str, str]
    code: str


@dataclass(frozen=True)
class Problem:
    """Something in `answers/` that is not as it must be; `exercise` and `name` are empty where they do not apply."""

    path: Path
    assignment: str
    notebook: str
    exercise: str
    name: str
    text: str


def read_answers(root: Path, exercises: Iterable[ExerciseRef]) -> tuple[list[Answer], list[Problem]]:
    """All answers to the exercises, and what is wrong with the rest, both sorted by path.

    Parameters: `root`, the folder `answers`; `exercises`, all exercises of the assignments in question: a folder for
    any other exercise is a problem. Files of the machine (hidden ones, `__pycache__`) are passed over.
    """
    known = {(each.assignment, each.notebook, each.name): each for each in exercises}
    answers: list[Answer] = []
    problems: list[Problem] = []
    for assignment in sorted({each[0] for each in known}):
        for folder in _entries(root / assignment):
            if not folder.is_dir() or not any(each[:2] == (assignment, folder.name) for each in known):
                problems.append(Problem(folder, assignment, folder.stem, "", "", _stray(folder, "notebook")))
                continue
            for deeper in _entries(folder):
                exercise = known.get((assignment, folder.name, deeper.name))
                if not deeper.is_dir() or exercise is None:
                    stray = Problem(deeper, assignment, folder.name, deeper.stem, "", _stray(deeper, "exercise"))
                    problems.append(stray)
                    continue
                for path in _entries(deeper):
                    try:
                        answers.append(_read(path, exercise))
                    except ValueError as error:
                        where = (path, assignment, folder.name, exercise.name, path.stem)
                        problems.append(Problem(*where, str(error)))
    return answers, problems


def _entries(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if not path.name.startswith((".", "__pycache__")))


def _stray(path: Path, what: str) -> str:
    if path.is_dir():
        return f"a folder for an unknown {what}: {path.name} is not in source/"
    return f"a stray file: only folders named after a {what} belong here"


def _read(path: Path, exercise: ExerciseRef) -> Answer:
    """Read one file; raises ValueError whose text is the problem."""
    kind = path.stem.partition("_")[0]
    if not path.is_file() or path.suffix != ".py" or kind not in KINDS or "_" not in path.stem:
        raise ValueError("a stray file: only right_*.py and wrong_*.py belong here")
    text = path.read_text(encoding="utf-8")
    try:
        tree = compile(text, path.name, "exec", ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
    except SyntaxError as error:
        hint = "; leave out the cell's %% line" if re.search(r"^%%", text, re.MULTILINE) else ""
        raise ValueError(f"is not Python: {error.msg}, line {error.lineno}{hint}") from None
    docstring = ast.get_docstring(tree)
    if not docstring:
        raise ValueError("has no docstring; it must begin with one that says in a sentence what the code does")
    code = "\n".join(text.splitlines()[tree.body[0].end_lineno :]).strip("\n")
    if not code.strip():
        raise ValueError("has no code after its docstring")
    sentence, misconceptions, fails = _fields(docstring, exercise)
    if kind == "wrong" and not fails:
        raise ValueError("is a wrong answer without a line `Fails GRADE_ID: words`")
    if kind == "right" and (fails or misconceptions):
        raise ValueError("is a right answer with a line `Fails` or `Misconception`; only wrong ones have those")
    where = (exercise.assignment, exercise.notebook, exercise.name)
    return Answer(path, *where, kind, path.stem, sentence, misconceptions, fails, code)


def _fields(docstring: str, exercise: ExerciseRef) -> tuple[str, tuple[str, ...], dict[str, str]]:
    """Sentence, misconceptions and expected failures of a docstring; raises ValueError."""
    sentence, _, rest = docstring.partition("\n\n")
    misconceptions: tuple[str, ...] = ()
    fails: dict[str, str] = {}
    unforked: dict[str, str] = {}
    for line in filter(None, map(str.strip, rest.splitlines())):
        field, colon, value = (part.strip() for part in line.partition(":"))
        word, _, grade_id = field.removesuffix(f" {WITHOUT_FORK}").partition(" ")
        kept = unforked if field.endswith(f" {WITHOUT_FORK}") else fails
        if not colon or not (field == "Misconception" or (word == "Fails" and grade_id)):
            raise ValueError(
                f"has a line that is neither `Misconception: M1` nor `Fails GRADE_ID: words`: {line!r} "
                "(the first paragraph is the sentence)"
            )
        if not value:
            raise ValueError(f"says nothing after `{line}`")
        if field == "Misconception":
            if misconceptions:
                raise ValueError("has two lines `Misconception`; separate the numbers by commas")
            parts = tuple(part.strip() for part in value.split(","))
            misconceptions = parts if all(re.fullmatch(r"M\d+", part) for part in parts) else (value,)
        elif grade_id not in exercise.tests:
            raise ValueError(
                f"says that {grade_id} fails, which is no test cell of {exercise.name}; "
                f"there are: {', '.join(exercise.tests) or 'none'}"
            )
        elif grade_id in kept:
            raise ValueError(f"has two lines `{field}`")
        else:
            kept[grade_id] = value
    if re.search(r"^(Fails|Misconception)\b.*:", sentence, re.MULTILINE):
        raise ValueError("needs a sentence and an empty line before its lines `Fails` and `Misconception`")
    by_default, *_ = multiprocessing.get_all_start_methods()
    if by_default != "fork":
        fails |= unforked
    return " ".join(sentence.split()), misconceptions, fails
