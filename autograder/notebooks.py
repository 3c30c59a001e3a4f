"""Reading and writing notebooks, and what nbgrader's marks say about their cells.

A notebook is handled here as the plain dict of its JSON, with each source joined to one string: that is quick to load
and has no hidden upgrades. A cell's *mark* is its nbgrader metadata. An exercise is named by the grade_id of its
solution cell; its test cells are those graded cells whose grade_id begins with that name and a hyphen.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from autograder.errors import UserError

Notebook = dict[str, Any]
Cell = dict[str, Any]

SOLUTION = ("BEGIN SOLUTION", "END SOLUTION")
HIDDEN = ("BEGIN HIDDEN TESTS", "END HIDDEN TESTS")


@dataclass
class Exercise:
    """One exercise: the cell that students fill in, and the cells that test it, in the order of the notebook."""

    name: str
    solution: Cell
    tests: list[Cell] = field(default_factory=list)


def read(path: Path, name: str = "") -> Notebook:
    """The notebook in the file `path`, which messages call `name` (default: the path).

    Raises UserError if there is no such file or if it is not a notebook of format 4.
    """
    name = name or str(path)
    try:
        data = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise UserError(f"{name}: no such notebook") from None
    except IsADirectoryError:
        raise UserError(f"{name}: is a folder, not a notebook") from None
    return parse(data, name)


def parse(data: bytes, name: str) -> Notebook:
    """The notebook in the bytes `data`; messages call it `name`.

    Raises UserError if it is not JSON in UTF-8, not a notebook of format 4, or has a cell that is none.
    """
    try:
        notebook = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise UserError(f"{name}: not a notebook: no valid JSON ({error}); restore it from git") from None
    if not isinstance(notebook, dict) or not isinstance(notebook.get("cells", []), list):
        raise UserError(f"{name}: not a notebook: JSON, but without a list of cells; restore it from git")
    if notebook.get("nbformat") != 4:
        version = notebook.get("nbformat", "none")
        raise UserError(f"{name}: notebook format {version}, expected 4; open it in JupyterLab and save it")
    if "cells" not in notebook:
        raise UserError(f"{name}: not a notebook: it has no list of cells; restore it from git")
    for number, cell in enumerate(notebook["cells"], 1):
        wrong = _repair(cell)
        if wrong:
            raise UserError(f"{name}: cell {number} {wrong}; restore it from git")
    return notebook


def to_bytes(notebook: Notebook) -> bytes:
    """The contents of the file for a notebook, in the layout that nbformat writes."""
    cells = [{**cell, "source": cell["source"].splitlines(keepends=True)} for cell in notebook["cells"]]
    text = json.dumps({**notebook, "cells": cells}, indent=1, sort_keys=True, ensure_ascii=False)
    return (text + "\n").encode()


def _repair(cell: Any) -> str:
    """Join the cell's source to one string and add missing metadata; what cannot be put right, or nothing."""
    if not isinstance(cell, dict) or cell.get("cell_type") not in ("code", "markdown", "raw"):
        return "is neither code nor markdown nor raw text"
    source = cell.get("source")
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        source = "".join(source)
    if not isinstance(source, str):
        return "has no source"
    try:
        source.encode()
    except UnicodeEncodeError:
        return "holds half a character (a lone surrogate)"
    cell["source"] = source
    if not isinstance(cell.setdefault("metadata", {}), dict):
        return "has metadata that is no table"
    mark = cell["metadata"].get("nbgrader", {})
    if not isinstance(mark, dict) or not isinstance(mark.get("grade_id", ""), str):
        return "has nbgrader metadata that is no table with a grade_id of text"
    return ""


def mark_of(cell: Cell) -> dict[str, Any]:
    """The cell's nbgrader metadata; empty for a cell that nbgrader leaves alone."""
    mark = cell["metadata"].get("nbgrader", {})
    return mark if any(mark.get(key) for key in ("grade", "solution", "locked", "task")) else {}


def grade_id(cell: Cell) -> str:
    """The cell's grade_id; empty for a cell that nbgrader leaves alone."""
    return mark_of(cell).get("grade_id", "")


def is_solution(cell: Cell) -> bool:
    """Whether students fill this cell in."""
    return bool(mark_of(cell).get("solution"))


def is_test(cell: Cell) -> bool:
    """Whether running this cell decides over points."""
    return bool(mark_of(cell).get("grade")) and not is_solution(cell)


def exercise_of(cell: Cell) -> str:
    """The name of the exercise that the cell belongs to: its grade_id up to the first hyphen."""
    return grade_id(cell).partition("-")[0]


def exercises(notebook: Notebook) -> list[Exercise]:
    """The notebook's exercises, in order, with their test cells."""
    found = {grade_id(cell): Exercise(grade_id(cell), cell) for cell in notebook["cells"] if is_solution(cell)}
    for cell in notebook["cells"]:
        if is_test(cell) and exercise_of(cell) in found:
            found[exercise_of(cell)].tests.append(cell)
    return list(found.values())


def fill_in(notebook: Notebook, exercise: str, code: str) -> None:
    """Put code into the exercise's solution cell, below the `%%` line that the cell may begin with."""
    cell = next(cell for cell in notebook["cells"] if is_solution(cell) and grade_id(cell) == exercise)
    cell["source"] = magic_of(cell) + code


def magic_of(cell: Cell) -> str:
    """The `%%` line, with its end, that a cell begins with, or nothing."""
    first = cell["source"].partition("\n")[0]
    return f"{first}\n" if first.startswith("%%") else ""


def split_region(source: str, markers: tuple[str, str]) -> tuple[list[str], list[str]]:
    """The lines between the markers, and all other lines, without the lines of the markers themselves.

    nbgrader's rule: a line that contains the marker's words, whatever else stands in it, begins or ends a region.
    Raises ValueError if a region begins within another, never ends, or ends without having begun.
    """
    begin, end = markers
    inside: list[str] = []
    outside: list[str] = []
    within = False
    for line in source.split("\n"):
        if begin in line or end in line:
            if within == (begin in line):
                raise ValueError(f"{begin} and {end} do not take turns")
            within = not within
        else:
            (inside if within else outside).append(line)
    if within:
        raise ValueError(f"{begin} has no {end}")
    return inside, outside


def find_notebooks(folder: Path) -> list[Path]:
    """All notebooks in the folder and below, in order, without JupyterLab's checkpoints."""
    return sorted(path for path in folder.rglob("*.ipynb") if ".ipynb_checkpoints" not in path.parts)


def files_beside(folder: Path) -> dict[str, bytes]:
    """What lies beside the notebooks of an assignment, by relative path.

    Modules do not count: the notebooks write them, so that what lies about is left over or holds a solution.
    """
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and path.suffix not in (".ipynb", ".py")
        and not any(part.startswith(".") or part == "__pycache__" for part in path.relative_to(folder).parts)
    }
