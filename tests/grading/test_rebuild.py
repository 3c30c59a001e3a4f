"""Our notebook with the student's texts in it, whatever was done to the notebook that was handed in."""

from __future__ import annotations

import copy

from autograder.grading.intake import SubmittedCell
from autograder.grading.rebuild import rebuild

STUB = "def double(x):\n    raise NotImplementedError()"
RIGHT = "def double(x):\n    return 2 * x"


def cell(name: str, source: str, kind: str = "code", **mark: object) -> dict:
    metadata = {"nbgrader": {"grade_id": name, "schema_version": 3, **mark}} if mark else {}
    return {"cell_type": kind, "id": name, "metadata": metadata, "source": source}


SOURCE = {
    "nbformat": 4,
    "nbformat_minor": 5,
    "metadata": {},
    "cells": [
        cell("title", "# Title", "markdown"),
        cell("given", "import math"),
        cell("double-task", "Double.", "markdown", locked=True, grade=False, solution=False),
        cell("double", "### BEGIN SOLUTION\n...", grade=False, solution=True, locked=False),
        cell("double-small", "assert double(1) == 2", grade=True, solution=False, locked=True, points=1),
        cell("double-large", "assert double(10) == 20", grade=True, solution=False, locked=True, points=2),
    ],
}
RELEASED = copy.deepcopy(SOURCE)
RELEASED["cells"][3]["source"] = STUB
RELEASED["cells"][5]["source"] = "# hidden"


def handed_in(**changed: str) -> list[SubmittedCell]:
    """The released cells, with some texts changed."""
    cells = []
    for each in RELEASED["cells"]:
        name = each["id"]
        grade_id = name if each["metadata"] else ""
        cells.append(SubmittedCell(each["cell_type"], changed.get(name, each["source"]), grade_id, name))
    return cells


def own(text: str) -> SubmittedCell:
    return SubmittedCell("code", text, "", "abcdef12")


def sources(submitted: list[SubmittedCell]) -> list[str]:
    rebuilt = rebuild(SOURCE, RELEASED, submitted)
    return [each["source"] for each in rebuilt["cells"] if each["cell_type"] == "code"]


HONEST = ["import math", RIGHT, "assert double(1) == 2", "assert double(10) == 20"]


def test_the_students_text_stands_in_the_solution_cell_and_nowhere_else():
    tests = {"double-small": "pass", "double-large": "pass"}
    assert sources(handed_in(double=RIGHT, **tests)) == HONEST
    assert sources(handed_in()) == ["import math", STUB, *HONEST[2:]]


def test_the_source_itself_is_not_changed():
    before = copy.deepcopy(SOURCE)
    rebuild(SOURCE, RELEASED, [*handed_in(double=RIGHT), own("x")])
    assert before == SOURCE


def test_own_cells_stay_where_they_stood():
    cells = handed_in(double=RIGHT)
    cells[5:5] = [own("c"), SubmittedCell("markdown", "a note", "", "note"), own("d")]
    cells[3:3] = [own("b")]
    cells[0:0] = [own("a"), own("  ")]
    assert sources(cells) == [
        "a",
        "import math",
        "b",
        RIGHT,
        "assert double(1) == 2",
        "c",
        "d",
        "assert double(10) == 20",
    ]


def test_marks_and_tags_of_own_cells_are_not_taken_over():
    rebuilt = rebuild(SOURCE, RELEASED, [SubmittedCell("code", "x", "unknown_grade_id", "y")])
    (mine,) = [each for each in rebuilt["cells"] if each["source"] == "x"]
    assert mine["metadata"] == {}


def test_deleted_and_reordered_cells_change_nothing():
    cells = handed_in(double=RIGHT)
    assert sources(cells[3:4]) == HONEST
    assert sources(cells[::-1]) == HONEST


def test_a_missing_solution_cell_is_empty():
    assert sources([]) == ["import math", "", *HONEST[2:]]


def test_a_retyped_solution_cell_counts():
    cells = handed_in(double=RIGHT)
    cells[3] = SubmittedCell("markdown", RIGHT, "double", "double")
    assert sources(cells) == HONEST


def test_a_cell_is_found_by_its_id_when_its_mark_is_gone():
    cells = [SubmittedCell(each.kind, each.text, "", each.cell_id) for each in handed_in(double=RIGHT)]
    assert sources(cells) == HONEST


def test_a_solution_under_another_name_is_an_own_cell():
    cells = handed_in(double=RIGHT)
    cells[3] = SubmittedCell("code", RIGHT, "renamed", "x")
    assert sources(cells) == ["import math", RIGHT, "", *HONEST[2:]]


def test_a_pasted_solution_cell_counts_if_something_was_written_in():
    cells = handed_in(double=RIGHT)
    untouched = SubmittedCell("code", STUB + "\n", "double", "x")
    assert sources([*cells[:4], untouched, *cells[4:]]) == HONEST
    assert sources([*cells[:3], untouched, *cells[3:]]) == ["import math", STUB + "\n", RIGHT, *HONEST[2:]]
    assert sources([*cells, own("x"), SubmittedCell("code", "late", "double", "x"), own("y")]) == [
        *HONEST,
        "x",
        "late",
        "y",
    ]


def test_pasted_test_cells_are_dropped():
    cells = handed_in(double=RIGHT)
    assert sources([*cells, cells[4], SubmittedCell("code", "changed", "double-small", "x")]) == HONEST


def test_a_given_cell_runs_as_given_and_then_as_changed():
    assert sources(handed_in(given="import math\nmath.pi = 3", double=RIGHT)) == [
        "import math",
        "import math\nmath.pi = 3",
        *HONEST[1:],
    ]


def test_names_that_are_no_names_are_nothing():
    assert sources([SubmittedCell("code", "x", "", ""), SubmittedCell("raw", "y", "", "z")]) == [
        "x",
        "import math",
        "",
        *HONEST[2:],
    ]
