"""Tiny notebooks for tests of what works on whole courses."""

from __future__ import annotations

import json
import zlib
from pathlib import Path


def mark(grade_id: str, *, solution: bool = False, points: int | None = None) -> dict:
    """nbgrader metadata: of a solution cell, of a test cell (if it has points), or of a read-only cell."""
    points_too = {} if points is None else {"points": points}
    return {
        "schema_version": 3,
        "grade_id": grade_id,
        "grade": points is not None,
        "solution": solution,
        "locked": not solution,
        "task": False,
        **points_too,
    }


def cell(source: str, nbgrader: dict | None = None, kind: str = "code", **more: object) -> dict:
    """A cell as JupyterLab would save it, its id random unless `id` is given."""
    made = {
        "cell_type": kind,
        "id": f"{zlib.crc32(source.encode()):08x}",
        "metadata": {"nbgrader": nbgrader} if nbgrader else {},
        "source": source.splitlines(keepends=True),
    }
    if kind == "code":
        made |= {"execution_count": None, "outputs": []}
    return made | more


def notebook(*cells: dict) -> dict:
    """A notebook of the cells, with metadata as JupyterLab adds it."""
    info = {"name": "python", "version": "3.12.1", "file_extension": ".py"}
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    metadata = {"kernelspec": kernel, "language_info": info}
    return {"cells": list(cells), "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


def doubling() -> dict:
    """A notebook with one exercise: task, solution, visible test and hidden test."""
    solution = 'def double(n):\n    """Twice n."""\n    ### BEGIN SOLUTION\n    return n * 2\n    ### END SOLUTION\n'
    hidden = "# Other numbers too.\n### BEGIN HIDDEN TESTS\nassert double(-3) == -6\n### END HIDDEN TESTS"
    return notebook(
        cell("# Doubling\n\nWrite `double`.", kind="markdown"),
        cell("**Task.** Twice the number.", mark("double-task"), kind="markdown"),
        cell(solution, mark("double", solution=True)),
        cell("double(21)"),
        cell("assert double(2) == 4", mark("double-two", points=1)),
        cell(hidden, mark("double-negative", points=2)),
    )


def find(book: dict, grade_id: str) -> dict:
    """The cell of the notebook with that grade_id."""
    return next(cell for cell in book["cells"] if cell["metadata"].get("nbgrader", {}).get("grade_id") == grade_id)


def save(path: Path, book: dict) -> Path:
    """Write the notebook to the file, as JSON of no particular form, and return the path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(book), encoding="utf-8")
    return path
