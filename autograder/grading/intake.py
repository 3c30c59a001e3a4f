"""Reads what was handed in, as bytes that anybody may have written.

Only regular files are opened, none through a link, none larger or more numerous than a submission can need; a
notebook is taken apart into the texts of its cells and nothing else. What cannot be read is refused with a reason, and
refused alone: the rest of the submission is graded.
"""

from __future__ import annotations

import json
import os
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

LARGEST_FILE = 10_000_000  # bytes
LARGEST_SUBMISSION = 50_000_000  # bytes
MOST_FILES = 500
MOST_CELLS = 2_000
DEEPEST = 8  # folders in folders


@dataclass(frozen=True)
class SubmittedCell:
    """The text of one cell, and the name by which the released notebook knew it, if it had one."""

    kind: str
    text: str
    grade_id: str = ""
    cell_id: str = ""


@dataclass(frozen=True)
class Submission:
    """What one student handed in.

    `notebooks`, the cells of each notebook that could be read, by its name without `.ipynb`; `files`, all other files
    by relative path; `refused`, reasons by the path of what was not taken.
    """

    notebooks: dict[str, list[SubmittedCell]] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)


class Refused(ValueError):
    """What was handed in cannot be taken; the text says why."""


def read_submission(folder: Path) -> Submission:
    """Everything in the folder that can be taken. A folder that is not there is an empty submission."""
    submission = Submission()
    left = LARGEST_SUBMISSION
    for number, path in enumerate(_walk(folder, submission.refused), 1):
        name = path.relative_to(folder).as_posix()
        if number > MOST_FILES:
            submission.refused["the rest"] = f"more than {MOST_FILES} files were handed in; these are not read"
            break
        try:
            content = _read(path, min(left, LARGEST_FILE))
            left -= len(content)
            if path.suffix == ".ipynb" and path.parent == folder:
                submission.notebooks[path.stem] = parse(content)
            elif path.suffix != ".ipynb":
                submission.files[name] = content
        except Refused as error:
            submission.refused[name] = str(error)
    return submission


def _walk(folder: Path, refused: dict[str, str], depth: int = 0) -> list[Path]:
    """The files of a folder, notebooks first, those of its own before those of folders in it, without hidden ones
    and links.
    """
    files: list[Path] = []
    folders: list[Path] = []
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: (not entry.name.endswith(".ipynb"), entry.name))
    except FileNotFoundError:
        return []
    except OSError as error:
        refused[folder.name] = f"the folder cannot be read: {error.strerror}"
        return []
    for entry in entries[: 2 * MOST_FILES]:
        if entry.name.startswith(".") or entry.name == "__pycache__":
            continue
        if entry.is_symlink():
            refused[entry.name] = "it is a link to another place; a submission holds files of its own"
        elif not entry.is_dir(follow_symlinks=False):
            files.append(Path(entry.path))
        elif depth == 0 and entry.name.endswith(".ipynb"):
            refused[entry.name] = "it is a folder, and no notebook"
        elif depth < DEEPEST:
            folders.append(Path(entry.path))
    for each in folders:
        files += _walk(each, refused, depth + 1)
        if len(files) > 2 * MOST_FILES:
            break
    return files


def _read(path: Path, most: int) -> bytes:
    try:
        # Without O_NONBLOCK the opening of a pipe would wait for its writer.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except OSError as error:
        raise Refused(f"it cannot be read: {error.strerror}") from None
    with open(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise Refused("it is no ordinary file")
        content = file.read(most + 1)
    if len(content) > most:
        raise Refused(
            f"it is larger than {LARGEST_FILE:,} bytes"
            if most == LARGEST_FILE
            else f"with it the submission would be larger than {LARGEST_SUBMISSION:,} bytes"
        )
    return content


def parse(content: bytes) -> list[SubmittedCell]:
    """The cells of a notebook, of format 4 or whatever else has cells of text. Raises Refused."""
    if not content.strip():
        raise Refused("the file is empty")
    try:
        notebook = json.loads(_decode(content))
    except (ValueError, RecursionError) as error:
        raise Refused(f"it is no notebook: no valid JSON ({str(error)[:100]})") from None
    cells = _cells(notebook)
    if cells is None:
        raise Refused("it is no notebook: it has no list of cells")
    if len(cells) > MOST_CELLS:
        raise Refused(f"it has {len(cells):,} cells; {MOST_CELLS:,} is the most that is read")
    return [read for cell in cells if (read := _read_cell(cell)) is not None]


def _decode(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16")
    return content.decode("utf-8-sig")


def _cells(notebook: Any) -> list[Any] | None:
    """The list of cells; format 3 and older keep it in worksheets."""
    if not isinstance(notebook, dict):
        return None
    if isinstance(cells := notebook.get("cells"), list):
        return cells
    sheets = notebook.get("worksheets")
    if not isinstance(sheets, list):
        return None
    found = [sheet["cells"] for sheet in sheets if isinstance(sheet, dict) and isinstance(sheet.get("cells"), list)]
    return [cell for cells in found for cell in cells] if found else None


def _read_cell(cell: Any) -> SubmittedCell | None:
    """A cell's kind, text and names; None for what is no cell."""
    if not isinstance(cell, dict):
        return None
    text = cell.get("source", cell.get("input"))
    if isinstance(text, list) and all(isinstance(line, str) for line in text):
        text = "".join(text)
    if not isinstance(text, str):
        return None
    text = text.removeprefix("\ufeff")  # some editors put this mark at the beginning of what they save
    metadata = cell.get("metadata")
    mark = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    grade_id = mark.get("grade_id") if isinstance(mark, dict) else None
    kind = cell.get("cell_type")
    return SubmittedCell(
        kind if kind in ("code", "markdown", "raw") else "raw",
        text.encode(errors="replace").decode(),
        grade_id if isinstance(grade_id, str) else "",
        cell["id"] if isinstance(cell.get("id"), str) else "",
    )
