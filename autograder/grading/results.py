"""What grading says of a notebook and of its test cells.

It is kept in the metadata of the autograded notebook, so that feedback and report can be made at any later time.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from autograder.notebooks import Notebook, grade_id, is_test

GRADED, FLAGGED, REFUSED = "graded", "flagged", "refused"
PLACE = "autograder"  # in the metadata of a notebook


@dataclass(frozen=True)
class CellResult:
    """One test cell: the points it gave of those it could give, and what its check said when it failed."""

    points: float
    max_points: float
    passed: bool
    message: str = ""


@dataclass(frozen=True)
class NotebookResult:
    """One notebook of one student.

    `status`: `graded`, every test cell has its verdict; `refused`, what was handed in could not be read, and counts
    as nothing; `flagged`, the points are withheld until a person has looked. `why` says more in each case; `notebook`
    is without `.ipynb`; `unanswered`, the solution cells that are as they were released.
    """

    student: str
    notebook: str
    status: str = GRADED
    why: str = ""
    cells: dict[str, CellResult] = field(default_factory=dict)
    unanswered: tuple[str, ...] = ()

    @property
    def points(self) -> float:
        """The points of all test cells."""
        return sum(cell.points for cell in self.cells.values())

    @property
    def max_points(self) -> float:
        """The points that the notebook could give."""
        return sum(cell.max_points for cell in self.cells.values())

    def as_json(self) -> dict[str, Any]:
        """As programs read it."""
        return asdict(self)


def with_result(notebook: Notebook, result: NotebookResult) -> Notebook:
    """The notebook with what was said of it in its metadata."""
    return {**notebook, "metadata": {**notebook["metadata"], PLACE: result.as_json()}}


def result_in(notebook: Notebook, student: str, name: str) -> NotebookResult:
    """What was said of an autograded notebook when it was graded.

    Of one that `nbgrader autograde` graded in its own way, what its outputs tell: there is no message in the cells that
    passed. Points are not to be read here, but from the gradebook: only there are those that were given by hand.
    """
    try:
        kept = notebook["metadata"][PLACE]
        cells = {
            str(test): CellResult(0, 0, cell["passed"] is True, str(cell["message"]))
            for test, cell in kept["cells"].items()
        }
        status = kept["status"] if kept["status"] in (GRADED, FLAGGED, REFUSED) else GRADED
        return NotebookResult(student, name, status, str(kept["why"]), cells, tuple(map(str, kept["unanswered"])))
    except (KeyError, TypeError, AttributeError):
        cells = {}
        for cell in filter(is_test, notebook.get("cells", [])):
            errors = [each for each in cell.get("outputs", []) if each.get("output_type") == "error"]
            told = [f"{error.get('ename')}: {error.get('evalue')}" for error in errors]
            cells[grade_id(cell)] = CellResult(0, 0, not told, told[-1] if told else "")
        return NotebookResult(student, name, cells=cells)
