"""Reads what nbgrader's gradebook says of an assignment: points, what was given by hand, comments, late penalties.

Nothing is written: no gradebook is made where there is none, and nobody who grades has to wait.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from nbgrader.api import (
    Assignment,
    Comment,
    Grade,
    GradeCell,
    Notebook,
    SolutionCell,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
    TaskCell,
)
from nbgrader.coursedir import CourseDirectory
from sqlalchemy import create_engine, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from autograder.errors import UserError
from autograder.nbgrader_app import gradebook_error
from autograder.notebooks import Notebook as GradedNotebook
from autograder.notebooks import read


@dataclass(frozen=True)
class CellScore:
    """The points of one graded cell.

    `auto`, what its test gave; None if that was withheld, or if only a person can tell. `by_hand`, whether a person has
    given points; `open`, whether one is still to look.
    """

    points: float
    max_points: float
    auto: float | None
    by_hand: bool
    open: bool


@dataclass
class NotebookScore:
    """One notebook of a student: its graded cells and the comments on its answers, by grade_id; its late penalty."""

    cells: dict[str, CellScore] = field(default_factory=dict)
    comments: dict[str, str] = field(default_factory=dict)
    penalty: float = 0.0

    @property
    def raw(self) -> float:
        """The points of all cells."""
        return sum(cell.points for cell in self.cells.values())

    @property
    def points(self) -> float:
        """What is left of them after the penalty."""
        return self.raw - self.penalty

    @property
    def open(self) -> bool:
        """Whether a person is still to look at one of the cells."""
        return any(cell.open for cell in self.cells.values())


@dataclass
class SubmissionScore:
    """What one student has handed in."""

    student: str
    timestamp: datetime | None
    notebooks: dict[str, NotebookScore]

    @property
    def raw(self) -> float:
        """The points of all notebooks."""
        return sum(each.raw for each in self.notebooks.values())

    @property
    def penalty(self) -> float:
        """What is taken off because it was handed in late."""
        return sum((each.penalty for each in self.notebooks.values()), 0.0)

    @property
    def points(self) -> float:
        """The score: never below nothing."""
        return max(0.0, self.raw - self.penalty)

    @property
    def open(self) -> bool:
        """Whether a person is still to look at it."""
        return any(each.open for each in self.notebooks.values())


@dataclass(frozen=True)
class Person:
    """Who a student is, as far as the gradebook knows."""

    student: str
    last_name: str = ""
    first_name: str = ""
    email: str = ""


@dataclass(frozen=True)
class Scores:
    """An assignment in the gradebook.

    `max_points`, of each notebook; `people`, all whom the gradebook knows, with a submission or without;
    `submissions`, by student.
    """

    assignment: str
    duedate: datetime | None
    max_points: dict[str, float]
    people: dict[str, Person]
    submissions: dict[str, SubmissionScore]


def read_scores(database: str, assignment: str, students: Iterable[str] = ()) -> Scores:
    """What the gradebook holds of an assignment.

    Parameters: `database`, its SQLAlchemy URL; `students`, whose submissions are read; default: of all.

    Raises: UserError if there is nothing of this assignment, or of one of the students, in it.
    """
    nothing = UserError(f"{assignment}: nothing is graded yet; run `autograder grade {assignment}` first")
    url = make_url(database)
    if url.drivername.startswith("sqlite") and not Path(url.database or "").is_file():
        raise nothing
    engine = create_engine(url)
    try:
        with Session(engine) as session:
            scores = _read(session, assignment, list(students))
    except SQLAlchemyError as error:
        said = gradebook_error(error)
        raise UserError(f"the gradebook {database} cannot be read: {said}; restore it, or grade again") from None
    finally:
        engine.dispose()
    if scores is None or not (scores.submissions or list(students)):
        raise nothing
    if missing := [student for student in students if student not in scores.submissions]:
        raise UserError(
            f"{assignment}: nothing is graded of {', '.join(missing)}; is the name spelled as in submitted/?"
        )
    return scores


def read_autograded(folders: CourseDirectory, student: str, assignment: str, name: str) -> GradedNotebook:
    """A notebook as it was graded. Raises UserError if it is not there or damaged."""
    folder = Path(folders.format_path(folders.autograded_directory, student, assignment))
    return read(folder / f"{name}.ipynb", f"autograded/{student}/{assignment}/{name}.ipynb")


def _read(session: Session, assignment: str, students: list[str]) -> Scores | None:
    found = session.execute(
        select(Assignment.id, Assignment.duedate).where(Assignment.name == assignment)
    ).one_or_none()
    if found is None:
        return None
    number, duedate = found
    notebooks = dict(session.execute(select(Notebook.id, Notebook.name).where(Notebook.assignment_id == number)).all())
    graded = {
        row.id: row
        for kind in (GradeCell, TaskCell)
        for row in session.execute(
            select(kind.id, kind.name, kind.notebook_id, kind.max_score).where(kind.notebook_id.in_(notebooks))
        )
    }
    commented = {
        row.id: row.name
        for kind in (SolutionCell, TaskCell)
        for row in session.execute(select(kind.id, kind.name).where(kind.notebook_id.in_(notebooks)))
    }
    max_points = {
        name: sum(row.max_score for row in graded.values() if row.notebook_id == notebook)
        for notebook, name in sorted(notebooks.items(), key=lambda item: item[1])
    }

    whose = [SubmittedAssignment.assignment_id == number]
    if students:
        whose.append(SubmittedAssignment.student_id.in_(students))
    submissions: dict[str, SubmissionScore] = {}
    handed_in: dict[str, NotebookScore] = {}
    rows = session.execute(
        select(
            SubmittedAssignment.student_id,
            SubmittedAssignment.timestamp,
            SubmittedNotebook.id,
            SubmittedNotebook.notebook_id,
            SubmittedNotebook.late_submission_penalty,
        )
        .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .where(*whose)
        .order_by(SubmittedAssignment.student_id)
    )
    for student, timestamp, key, notebook, penalty in rows:
        submission = submissions.setdefault(student, SubmissionScore(student, timestamp, {}))
        handed_in[key] = submission.notebooks[notebooks[notebook]] = NotebookScore(penalty=penalty or 0.0)
    for each in submissions.values():
        each.notebooks = dict(sorted(each.notebooks.items()))

    def of_these(query: select) -> select:
        return (
            query.join(SubmittedNotebook)
            .join(SubmittedAssignment, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
            .where(*whose)
        )

    kept = (Grade.auto_score, Grade.manual_score, Grade.extra_credit, Grade.needs_manual_grade)
    for key, cell, auto, manual, extra, is_open in session.execute(
        of_these(select(Grade.notebook_id, Grade.cell_id, *kept))
    ):
        given = manual if manual is not None else auto
        points = 0.0 if given is None else given + (extra or 0)
        row = graded[cell]
        handed_in[key].cells[row.name] = CellScore(points, row.max_score, auto, manual is not None, is_open)
    for key, cell, manual, auto in session.execute(
        of_these(select(Comment.notebook_id, Comment.cell_id, Comment.manual_comment, Comment.auto_comment))
    ):
        if text := manual or auto:
            handed_in[key].comments[commented[cell]] = text

    people = {
        row.id: Person(row.id, row.last_name or "", row.first_name or "", row.email or "")
        for row in session.execute(select(Student.id, Student.last_name, Student.first_name, Student.email))
    }
    return Scores(assignment, duedate, max_points, dict(sorted(people.items())), submissions)
