"""Notebooks that were damaged on the way: they deserve what the student wrote, wherever it stands."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Callable
from typing import Any

from autograder.notebooks import Notebook, grade_id, is_solution, is_test, mark_of
from tests.grading.hostile.samples import Desk, Sample, edited

Cell = dict[str, Any]


def _each(
    change: Callable[[Cell], Any], which: Callable[[Cell], bool] = lambda cell: True
) -> Callable[[Notebook], None]:
    def edit(book: Notebook) -> None:
        for cell in book["cells"]:
            if which(cell):
                change(cell)

    return edit


def _cells(change: Callable[[list[Cell]], list[Cell]]) -> Callable[[Notebook], None]:
    def edit(book: Notebook) -> None:
        book["cells"] = change(book["cells"])

    return edit


def _lost(*exercises: str) -> Callable[[Desk], frozenset[str]]:
    return lambda desk: frozenset(name for name in desk.tests if name.split("-")[0] in exercises)


def _shuffled(cells: list[Cell]) -> list[Cell]:
    return random.Random(7).sample(cells, len(cells))


def _twice(which: Callable[[Cell], bool], **more: Any) -> Callable[[list[Cell]], list[Cell]]:
    def change(cells: list[Cell]) -> list[Cell]:
        return [copy for cell in cells for copy in ([cell, {**cell, **more}] if which(cell) else [cell])]

    return change


def _old(book: Notebook, version: int) -> bytes:
    """As formats 2 and 3 wrote it."""
    cells = []
    for cell in book["cells"]:
        kind, source = cell["cell_type"], cell["source"].splitlines(keepends=True)
        kept = {"cell_type": kind, "metadata": cell["metadata"]}
        cells.append(
            {**kept, "input": source, "outputs": [], "language": "python", "collapsed": False, "prompt_number": 1}
            if kind == "code"
            else {**kept, "source": source}
        )
    old = {"nbformat": version, "nbformat_minor": 0, "metadata": {"name": ""}, "worksheets": [{"cells": cells}]}
    return json.dumps(old).encode()


def _version(number: Any, minor: Any = 5) -> Callable[[Notebook], bytes]:
    return lambda book: json.dumps({**book, "nbformat": number, "nbformat_minor": minor}).encode()


def _rename(cell: Cell) -> None:
    mark = cell["metadata"].get("nbgrader", {})
    if mark:
        mark["grade_id"] = f"renamed-{mark['grade_id']}"


def _no_names(book: Notebook) -> None:
    """As a tool leaves it that knows neither ids nor metadata: the answers are where they were, in no cell of ours."""
    for cell in book["cells"]:
        cell.pop("id")
        cell["metadata"] = {}


def _metadata(value: Any) -> Callable[[Notebook], bytes]:
    def edit(book: Notebook) -> bytes:
        return json.dumps(
            {
                **book,
                "cells": [{**cell, "metadata": value} if not is_solution(cell) else cell for cell in book["cells"]],
            }
        ).encode()

    return edit


def _marks(**values: Any) -> Callable[[Notebook], None]:
    return _each(lambda cell: cell["metadata"]["nbgrader"].update(values), lambda cell: bool(mark_of(cell)))


def _sources(change: Callable[[str], Any], which: Callable[[Cell], bool]) -> Callable[[Notebook], bytes]:
    def edit(book: Notebook) -> bytes:
        cells = [{**cell, "source": change(cell["source"])} if which(cell) else cell for cell in book["cells"]]
        return json.dumps({**book, "cells": cells}).encode()

    return edit


def _is(name: str) -> Callable[[Cell], bool]:
    return lambda cell: grade_id(cell) == name


def _junk(book: Notebook) -> bytes:
    book["cells"][2:2] = [None, 7, "x", [], {}, {"cell_type": "video"}, {"cell_type": "code"}, {"source": "1 / 0"}]
    return json.dumps(book).encode()


def _split(book: Notebook) -> None:
    """The answer cell is empty, and its code stands in the cell above it."""
    place = next(place for place, cell in enumerate(book["cells"]) if is_solution(cell))
    cell = book["cells"][place]
    book["cells"].insert(place, {**cell, "id": "mine", "metadata": {}})
    cell["source"] = ""


SAMPLES = [
    edited("test cells twice", _cells(_twice(is_test)), quick=True),
    edited("test cells twice, with ids of their own", _cells(_twice(is_test, id="copy"))),
    edited("answers twice", _cells(_twice(is_solution)), quick=True),
    edited("every cell three times", _cells(lambda cells: [copy.deepcopy(c) for c in cells for _ in range(3)])),
    edited("all cells once more at the end", _cells(lambda cells: cells + copy.deepcopy(cells))),
    edited("no test cell", _cells(lambda cells: [cell for cell in cells if not is_test(cell)]), quick=True),
    edited("answers only", _cells(lambda cells: [cell for cell in cells if is_solution(cell)])),
    edited(
        "an answer deleted",
        _cells(lambda cells: [cell for cell in cells if grade_id(cell) != "fetch_all"]),
        deserves=frozenset({"fetch_all"}),
        quick=True,
    ),
    edited("no cells", _cells(lambda cells: []), deserves="no mark"),
    edited("tests turned into text", _each(lambda cell: cell.update(cell_type="markdown"), is_test), quick=True),
    edited("tests turned into raw text", _each(lambda cell: cell.update(cell_type="raw"), is_test)),
    edited("answers turned into text", _each(lambda cell: cell.update(cell_type="markdown"), is_solution)),
    edited("every cell of no kind", _each(lambda cell: cell.pop("cell_type"))),
    edited(
        "text turned into code",
        _each(lambda cell: cell.update(cell_type="code"), lambda c: c["cell_type"] == "markdown"),
    ),
    edited("cells in another order", _cells(_shuffled), quick=True),
    edited("cells in the reverse order", _cells(lambda cells: cells[::-1])),
    edited("tests above answers", _cells(lambda cells: sorted(cells, key=is_solution))),
    edited("tests renamed", _each(_rename, is_test)),
    edited("answers renamed, ids kept", _each(_rename, is_solution), quick=True),
    edited("ids gone, names kept", _each(lambda cell: cell.pop("id"))),
    edited("all ids the same", _each(lambda cell: cell.update(id="same"))),
    edited("ids that are no text", _each(lambda cell: cell.update(id=7))),
    edited(
        "ids of other cells",
        lambda book: [
            c.update(id=o["id"]) for c, o in zip(book["cells"], copy.deepcopy(book["cells"][::-1]), strict=True)
        ],
    ),
    edited("neither ids nor metadata", _no_names),
    edited("metadata that is null", _metadata(None), quick=True),
    edited("metadata that is a list", _metadata([[]])),
    edited("metadata that is a text", _metadata("nbgrader")),
    edited(
        "metadata a thousand deep",
        lambda book: (
            json.dumps(book).replace('"metadata": {}', '"metadata": {"x": ' + "[" * 500 + "]" * 500 + "}").encode()
        ),
    ),
    edited("marks without a version", _marks(schema_version=None)),
    edited("marks of a version to come", _marks(schema_version=99), quick=True),
    edited("marks of version 1", _marks(schema_version=1, checksum="0" * 32)),
    edited("marks that all say false", _marks(grade=False, solution=False, locked=False)),
    edited("marks that all say true", _marks(grade=True, solution=True, locked=True, task=True)),
    edited("points that are no number", _marks(points="many")),
    edited(
        "points that are endless",
        lambda book: json.dumps({**book}).replace('"points": 1', '"points": Infinity').encode(),
    ),
    edited("points below nothing", _marks(points=-5)),
    edited("format 2", lambda book: _old(book, 2)),
    edited("format 3", lambda book: _old(book, 3), quick=True),
    edited("format 5", _version(5), quick=True),
    edited("format 4.0", _version(4, 0)),
    edited("format that is a text", _version("4", "x")),
    edited("format that is missing", lambda book: json.dumps({"cells": book["cells"]}).encode()),
    edited("sources that are lists of lines", _sources(lambda text: text.splitlines(keepends=True), lambda cell: True)),
    edited("sources that are lists of letters", _sources(list, lambda cell: True)),
    edited(
        "an answer whose source is a number",
        _sources(lambda text: 7, _is("fetch_all")),
        deserves=frozenset({"fetch_all"}),
        quick=True,
    ),
    edited(
        "an answer whose source is a table",
        _sources(lambda text: {"x": text}, _is("fetch_all")),
        deserves=frozenset({"fetch_all"}),
    ),
    edited(
        "an answer that is a list of numbers",
        _sources(lambda text: [1, 2], _is("fetch_all")),
        deserves=frozenset({"fetch_all"}),
    ),
    edited(
        "an answer that is no Python",
        _sources(lambda text: "def (:\n", _is("fetch_all")),
        deserves=frozenset({"fetch_all"}),
    ),
    edited("lines that end as on Windows", _sources(lambda text: text.replace("\n", "\r\n"), lambda cell: True)),
    edited("lines that end as on an old Mac", _sources(lambda text: text.replace("\n", "\r"), is_solution)),
    edited(
        "tabs, and spaces at the ends of lines",
        _sources(lambda text: text.replace("    ", "\t").replace("\n", "  \n"), is_solution),
    ),
    edited("cells that are none", _junk, quick=True),
    edited("code in a cell above its own", _split),
    edited(
        "outputs of every kind",
        _each(lambda cell: cell.update(outputs=[None, 7, {"output_type": "x"}, {"output_type": "error"}]), is_test),
    ),
    edited("no metadata of the notebook", lambda book: json.dumps({**book, "metadata": None}).encode()),
    edited(
        "the kernel of another language",
        lambda book: book.update(
            metadata={"kernelspec": {"name": "ir", "language": "R"}, "language_info": {"name": "R"}}
        ),
    ),
    edited("a mark at the beginning of the file", lambda book: b"\xef\xbb\xbf" + json.dumps(book).encode(), quick=True),
    edited("UTF-16", lambda book: json.dumps(book, ensure_ascii=False).encode("utf-16")),
    edited("keys twice", lambda book: json.dumps(book).encode()[:-1] + b', "nbformat": 9, "metadata": {}}'),
    edited("half characters", lambda book: json.dumps(book).replace("Exercises", "\\ud800").encode()),
    edited(
        "a thousand cells of its own",
        _cells(
            lambda cells: [*cells, *({"cell_type": "code", "source": f"x = {n}", "metadata": {}} for n in range(1000))]
        ),
    ),
    Sample(
        "handed in by another name",
        lambda desk: {"thread_pools (1).ipynb": desk.files(desk.book())["thread_pools.ipynb"]},
        deserves="full marks",
        quick=True,
    ),
    Sample(
        "a second notebook beside it",
        lambda desk: {
            **desk.files(desk.book()),
            "thread_pools-Copy1.ipynb": desk.files(desk.book(answers={}))["thread_pools.ipynb"],
        },
        deserves="full marks",
    ),
]
