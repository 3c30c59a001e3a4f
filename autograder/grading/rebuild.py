"""Puts what a student wrote into our own notebook.

The notebook that runs is the source notebook: its test cells, its given cells, its order and its marks. Of the
student's there are the texts of the solution cells, and cells of the student's own, as plain code after the cell that
they stood after. Metadata, tags, outputs and test cells of the submission are never looked at, so that a duplicated,
deleted, retyped or reordered cell is no special case.
"""

from __future__ import annotations

import copy

from autograder.grading.intake import SubmittedCell
from autograder.notebooks import Cell, Notebook, grade_id, is_solution, mark_of


def rebuild(source: Notebook, released: Notebook, submitted: list[SubmittedCell]) -> Notebook:
    """The notebook to run.

    Parameters: `source`, with solutions and hidden tests; `released`, what students got: their untouched texts;
    `submitted`, the cells handed in. A solution cell that is not among them is empty; of one that is there several
    times, the first is taken, and the others that were written in are the student's own cells.
    """
    known = {_name(cell): cell for cell in source["cells"]}
    untouched = {_name(cell): cell["source"] for cell in released["cells"]}
    answers: dict[str, str] = {}
    own: dict[str, list[Cell]] = {}
    seen: set[str] = set()
    before = ""
    for number, cell in enumerate(submitted):
        name = next((name for name in (cell.grade_id, cell.cell_id) if name and name in known), "")
        answer = bool(name) and is_solution(known[name])
        first = bool(name) and name not in seen
        if first:
            seen.add(name)
            before = name
        if first and answer:
            answers[name] = cell.text
            continue
        theirs = not name or answer or not mark_of(known[name])
        changed = not name or cell.text.strip() != untouched[name].strip()
        if theirs and changed and cell.kind == "code" and cell.text.strip():
            own.setdefault(before, []).append(_own_cell(cell.text, number))

    cells = own.pop("", [])
    for cell in source["cells"]:
        cell = copy.deepcopy(cell)
        if is_solution(cell):
            cell["source"] = answers.get(grade_id(cell), "")
        cells += [cell, *own.get(_name(cell), [])]
    return {**source, "cells": cells}


def _name(cell: Cell) -> str:
    """The name by which a cell is found again; nothing for a cell of an old notebook that has none."""
    return grade_id(cell) or cell.get("id", "")


def _own_cell(text: str, number: int) -> Cell:
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": f"own-{number}",
        "metadata": {},
        "outputs": [],
        "source": text,
    }
