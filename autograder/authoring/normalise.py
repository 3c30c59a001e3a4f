"""One form for each notebook, so that a diff in git shows what a person changed and nothing else.

No outputs, no counts, the same metadata everywhere, cell id = grade_id for nbgrader's cells and a readable slug for
others. The layout (sorted keys, indent 1) is the one that JupyterLab and nbgrader write themselves, so that saving a
normal notebook in JupyterLab or releasing it with plain nbgrader changes no further bytes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from copy import deepcopy
from pathlib import Path
from typing import Any

from autograder.course import find_root
from autograder.errors import UserError
from autograder.files import replace_files
from autograder.notebooks import Cell, Notebook, find_notebooks, grade_id, mark_of, read, to_bytes

METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
MARK_KEYS = ("grade", "grade_id", "locked", "points", "schema_version", "solution", "task")
RELEASED_MARK_KEYS = (*MARK_KEYS, "cell_type", "checksum")
NBGRADER_SCHEMA = 3

# JupyterLab's and nbformat's random ids, and those that nbgrader makes of them, are hexadecimal digits.
RANDOM = re.compile(r"(cell-)?[0-9a-f]{8}[0-9a-f-]*")
READABLE = re.compile(r"[a-z][a-z0-9_]*(-[a-z0-9_]+)*")
LONGEST_ID = 64
LONGEST_SLUG = 40


def normalise_files(paths: Iterable[Path] = (), check: bool = False) -> list[Path]:
    """Bring notebooks into their normal form, and return those that were not.

    Parameters: `paths`, notebooks, or folders with notebooks at any depth; default: all of source/ and notebooks/ of
    the course. With `check` nothing is written.
    Raises UserError, with one line for each notebook that is missing or corrupt; then nothing is written.
    """
    new: dict[Path, bytes] = {}
    wrong: list[str] = []
    for path in _notebooks(list(paths), wrong):
        try:
            data = to_bytes(normalise(read(path)))
        except UserError as error:
            wrong.extend(error.lines)
        else:
            if data != path.read_bytes():
                new[path] = data
    if wrong:
        raise UserError(*wrong)
    if not check:
        replace_files(new)
    return list(new)


def _notebooks(paths: list[Path], wrong: list[str]) -> list[Path]:
    if not paths:
        course = find_root()
        paths = [folder for folder in (course.source, course.notebooks) if folder.is_dir()]
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            found.update(dict.fromkeys(find_notebooks(path)))
        elif not path.exists():
            wrong.append(f"{path}: no such notebook or folder")
        elif path.suffix != ".ipynb":
            wrong.append(f"{path}: not a notebook; expected a file that ends in .ipynb, or a folder")
        else:
            found[path] = None
    return list(found)


def normalise(notebook: Notebook, released: bool = False) -> Notebook:
    """A copy of the notebook in its normal form; one in normal form stays as it is.

    Parameters: `released`, whether to keep what nbgrader writes into the students' copy only (the checksum and type
    of a cell).
    """
    cells = [_normal_cell(cell, released) for cell in notebook["cells"]]
    _name(cells)
    return {"cells": cells, "metadata": deepcopy(METADATA), "nbformat": 4, "nbformat_minor": 5}


def _normal_cell(cell: Cell, released: bool) -> Cell:
    normal: Cell = {
        "cell_type": cell["cell_type"],
        "id": cell.get("id"),
        "metadata": _normal_metadata(cell, released),
        "source": cell["source"].replace("\r\n", "\n").replace("\r", "\n"),
    }
    if cell["cell_type"] == "code":
        normal.update(execution_count=None, outputs=[])
    elif cell.get("attachments"):
        normal["attachments"] = cell["attachments"]
    return normal


def _normal_metadata(cell: Cell, released: bool) -> dict[str, Any]:
    given = cell["metadata"]
    normal: dict[str, Any] = {key: False for key in ("deletable", "editable") if given.get(key) is False}
    jupyter = given.get("jupyter")
    if isinstance(jupyter, dict) and jupyter.get("source_hidden"):
        normal["jupyter"] = {"source_hidden": True}
    if given.get("tags"):
        normal["tags"] = given["tags"]
    mark = mark_of(cell)
    if mark.get("schema_version") == NBGRADER_SCHEMA:
        mark = {
            "task": False,
            **{key: mark[key] for key in (RELEASED_MARK_KEYS if released else MARK_KEYS) if key in mark},
        }
        if not (mark.get("grade") or mark["task"]):
            mark.pop("points", None)
    if mark:
        normal["nbgrader"] = mark
    return normal


def _name(cells: list[Cell]) -> None:
    """Give each cell an id that no other has: its grade_id, else the readable one that it has, else a slug."""
    taken: set[str] = set()
    nameless = []
    for cell in cells:
        if grade_id(cell):
            cell["id"] = _unused(grade_id(cell)[:LONGEST_ID], taken)
    for cell in cells:
        if not grade_id(cell):
            if is_readable(cell["id"]) and cell["id"] not in taken:
                taken.add(cell["id"])
            else:
                nameless.append(cell)
    for cell in nameless:
        cell["id"] = _unused(slug(cell), taken)


def _unused(wanted: str, taken: set[str]) -> str:
    name = wanted
    number = 1
    while name in taken:
        number += 1
        name = f"{wanted[: LONGEST_ID - 4]}-{number}"
    taken.add(name)
    return name


def is_readable(name: Any) -> bool:
    """Whether a cell's id or grade_id is made of lower-case words, not of random digits."""
    return bool(
        isinstance(name, str) and len(name) <= LONGEST_ID and READABLE.fullmatch(name) and not RANDOM.fullmatch(name)
    )


def slug(cell: Cell) -> str:
    """A readable id from the first heading of a text, or else from the first words of the cell."""
    lines = [line.strip() for line in cell["source"].splitlines() if line.strip()]
    if cell["cell_type"] == "markdown":
        lines = [line for line in lines if line.startswith("#")][:1] or lines
    kind = "code" if cell["cell_type"] == "code" else "text"
    words: list[str] = []
    for word in _words(lines[0] if lines else ""):
        if len("-".join([*words, word])) > LONGEST_SLUG:
            break
        words.append(word)
    name = "-".join(words) or kind
    return name if is_readable(name) else f"{kind}-{name}"


def _words(line: str) -> list[str]:
    without_targets = re.sub(r"\]\([^)]*\)|<[^>]*>", " ", line)
    plain = unicodedata.normalize("NFKD", without_targets).encode("ascii", "ignore").decode().lower()
    words = [word.strip("_") for word in re.findall(r"[a-z0-9_]+", plain)]
    while words and not words[0][:1].isalpha():
        words = words[1:]
    return [word for word in words if word]
