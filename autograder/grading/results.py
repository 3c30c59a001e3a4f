"""What grading says of a notebook and of its test cells."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

GRADED, FLAGGED, REFUSED = "graded", "flagged", "refused"


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
