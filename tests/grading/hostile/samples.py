"""What a sample is: a submission, and the outcome that it deserves.

A sample is made over the released notebook of a real assignment, with the right answers of `answers/` in it or
without any. `Desk` is what a sample is made on, and has the few moves by which most of them are made.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.notebooks import Notebook, fill_in, is_test, to_bytes

FULL, NOTHING = "full marks", "no mark"
COURSE = "'@COURSE@'"  # in the text of a cell: the folder of the course that is graded
HOME = str(Path("~root").expanduser())  # root is who often grades
Files = dict[str, bytes]


@dataclass(frozen=True)
class Desk:
    """One notebook of an assignment as a student has it. `right` holds an answer to each exercise."""

    assignment: str
    name: str
    released: Notebook
    right: Mapping[str, str]
    tests: tuple[str, ...]

    def book(self, *own: str, answers: Mapping[str, str] | None = None, at: int = 0) -> Notebook:
        """The released notebook with these answers (default: the right ones) and cells of the student's own.

        Parameters: `own`, the texts of these cells; `at`, the place of the first of them.
        """
        book = copy.deepcopy(self.released)
        for exercise, code in (self.right if answers is None else answers).items():
            fill_in(book, exercise, code)
        at = at if at >= 0 else len(book["cells"]) + 1 + at
        book["cells"][at:at] = [code_cell(source, f"own-{number}") for number, source in enumerate(own)]
        return book

    @property
    def nothing(self) -> dict[str, str]:
        """No answer to any exercise; not even what was released stands in its cell."""
        return dict.fromkeys(self.right, "")

    def files(self, book: Notebook | bytes, **beside: bytes) -> Files:
        """What is handed in: a notebook, under the right name, and other files."""
        return {f"{self.name}.ipynb": book if isinstance(book, bytes) else saved(book), **beside}

    def visible_tests(self) -> dict[str, str]:
        """The texts of the visible tests, as anybody can read them."""
        return {
            cell["metadata"]["nbgrader"]["grade_id"]: cell["source"]
            for cell in self.released["cells"]
            if is_test(cell) and len(cell["source"].strip().splitlines()) > 1
        }


@dataclass(frozen=True)
class Sample:
    """A submission and what it deserves.

    `make` gives what is handed in; `deserves` is `FULL`, `NOTHING`, or the exercises that deserve nothing while all
    others deserve everything; `withheld`, whether it may also be flagged; `refused`, whether it must be refused;
    `lay(folder, course)` puts into the folder what bytes cannot say; `slow`, whether cells of it hang, for which the
    time that one may take is short; `quick`, whether it is among those that `make test` tries.
    """

    name: str
    make: Callable[[Desk], Files]
    deserves: str | frozenset[str] = NOTHING
    withheld: bool = False
    refused: bool = False
    slow: bool = False
    quick: bool = False
    lay: Callable[[Path, Path], None] | None = None


def code_cell(source: str, name: str = "own") -> dict[str, Any]:
    """A code cell as JupyterLab saves it."""
    lines = source.strip("\n").split("\n")
    indent = len(lines[0]) - len(lines[0].lstrip(" "))
    source = "\n".join(line[indent:] if not line[:indent].strip() else line for line in lines)
    return {
        "cell_type": "code",
        "id": name,
        "metadata": {},
        "source": source,
        "outputs": [],
        "execution_count": None,
    }


def saved(book: Notebook) -> bytes:
    """The file for a notebook, which may hold what no notebook holds."""
    try:
        return to_bytes(book)
    except (KeyError, TypeError, AttributeError):
        return json.dumps(book).encode()


def forging(name: str, *own: str, at: int = 0, **more: Any) -> Sample:
    """One that wants marks for nothing: cells that forge, above all others, whose functions no answer replaces."""
    return Sample(name, lambda desk: desk.files(desk.book(*own, answers=desk.nothing, at=at)), withheld=True, **more)


def right(name: str, *own: str, at: int = 0, **more: Any) -> Sample:
    """One with all answers right, and cells of the student's own that deserve to harm nobody."""
    return Sample(name, lambda desk: desk.files(desk.book(*own, at=at)), **{"deserves": FULL, **more})


def edited(name: str, edit: Callable[[Notebook], Any], **more: Any) -> Sample:
    """One with all answers right, in a notebook that was damaged; `edit` may give another one back."""

    def make(desk: Desk) -> Files:
        book = desk.book()
        changed = edit(book)
        return desk.files(changed if isinstance(changed, dict | bytes) else book)

    return Sample(name, make, **{"deserves": FULL, **more})
