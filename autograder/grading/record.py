"""The only writer of nbgrader's gradebook: all cells of a submission at once, or none of them.

Manual scores, extra credit and comments are never touched. What was scored automatically is set for every test cell,
zeros included, so that no score of an earlier submission is left standing.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import nbformat
from nbgrader.api import Gradebook, MissingEntry, SubmittedAssignment
from nbgrader.converters import GenerateAssignment
from nbgrader.plugins import BasePlugin
from nbgrader.preprocessors import SaveCells
from sqlalchemy.exc import SQLAlchemyError
from traitlets.config import Config

from autograder.errors import UserError
from autograder.grading.results import FLAGGED, NotebookResult
from autograder.notebooks import Notebook, grade_id, is_test, mark_of


class Record:
    """The gradebook of a course, and its folder of autograded notebooks.

    Parameters: `database`, its SQLAlchemy URL; `autograded`, the folder; `penalties`, nbgrader's plugin for late
    submissions.
    """

    def __init__(self, database: str, autograded: Path, penalties: BasePlugin) -> None:
        _make_whole(database)
        self._database, self._gradebook = database, Gradebook(database)
        self._autograded, self._penalties = autograded, penalties

    def close(self) -> None:
        """Close the gradebook."""
        self._gradebook.close()

    def register(self, assignment: str, sources: Mapping[str, Notebook], config: Config) -> None:
        """See to it that the gradebook knows the cells of these notebooks, by name, and their points.

        What `nbgrader generate_assignment` does for it, without touching `release/`. Parameters: `config`, nbgrader's.

        Raises: UserError if it knows other cells already, and submissions of them.
        """
        known = self._known(assignment)
        missing = {name: source for name, source in sources.items() if known.get(name) != _marked(source)}
        if not missing:
            return
        self._gradebook.update_or_create_assignment(assignment)
        for name, source in missing.items():
            notebook = nbformat.from_dict(source)
            place = {"assignment": assignment, "notebook": name, "student": ".", "db_url": self._database}
            resources = {"nbgrader": place, "metadata": {}, "unique_key": name}
            try:
                for preprocessor in GenerateAssignment(config=config).preprocessors:
                    notebook, resources = preprocessor(config=config).preprocess(notebook, resources)
                    if preprocessor is SaveCells:
                        break
            except SQLAlchemyError:
                raise
            except Exception as error:
                raise UserError(f"source/{assignment}/{name}.ipynb: nbgrader says: {error}") from None
        self._gradebook.db.expire_all()

    def _known(self, assignment: str) -> dict[str, dict[str, float | None]]:
        """The cells of each notebook that the gradebook knows, with their points."""
        try:
            notebooks = self._gradebook.find_assignment(assignment).notebooks
        except MissingEntry:
            return {}
        # The source cells are written last, so that nothing is missing if none of them is.
        return {
            notebook.name: {cell.name: None for cell in notebook.source_cells}
            | {cell.name: cell.max_score for cell in notebook.grade_cells}
            for notebook in notebooks
        }

    def write(
        self,
        assignment: str,
        student: str,
        results: list[NotebookResult],
        files: Mapping[str, bytes],
        timestamp: str | None,
    ) -> None:
        """Store one submission.

        Parameters: `results`, of all its notebooks; `files`, what to keep in `autograded/`, by name; `timestamp`, when
        it was handed in.
        """
        if timestamp:
            files = {**files, "timestamp.txt": timestamp.encode()}
        self._replace_folder(self._autograded / student / assignment, files)
        with self._transaction():
            book = self._gradebook
            book.update_or_create_student(student)
            given = {"timestamp": timestamp} if timestamp else {}
            submission = book.update_or_create_submission(assignment, student, **given)
            for result in results:
                self._write_notebook(submission, result)

    def _write_notebook(self, submission: SubmittedAssignment, result: NotebookResult) -> None:
        notebook = next(each for each in submission.notebooks if each.name == result.notebook)
        for grade in notebook.grades:
            cell = result.cells.get(grade.name)
            grade.auto_score = None if cell is None or result.status == FLAGGED else cell.points
            grade.needs_manual_grade = grade.auto_score is None or grade.manual_score is not None
        for comment in notebook.comments:
            comment.auto_comment = "No response." if comment.name in result.unanswered else None
        self._gradebook.db.flush()
        self._gradebook.db.expire_all()  # the score is computed by the database
        notebook.late_submission_penalty = None
        if submission.total_seconds_late > 0:
            penalty = self._penalties.late_submission_penalty(
                submission.student_id, notebook.score, submission.total_seconds_late
            )
            if penalty is not None:
                notebook.late_submission_penalty = min(max(penalty, 0), notebook.score)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """Let nbgrader's own functions, which commit each change, take part in one transaction."""
        session = self._gradebook.db
        commit = session.commit
        session.commit = session.flush
        try:
            yield
            commit()
        except BaseException:
            session.rollback()
            raise
        finally:
            session.commit = commit

    @staticmethod
    def _replace_folder(folder: Path, files: Mapping[str, bytes]) -> None:
        """Put a folder with these files in the place of the one that is there."""
        folder.parent.mkdir(parents=True, exist_ok=True)
        for left in folder.parent.glob(f".{folder.name}-*"):  # by a run that was cut off
            shutil.rmtree(left, ignore_errors=True)
        made = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
        try:
            for name, content in files.items():
                (made / name).parent.mkdir(parents=True, exist_ok=True)
                (made / name).write_bytes(content)
            made.chmod(0o755)
            if folder.exists():
                shutil.rmtree(folder)
            os.replace(made, folder)
        except BaseException:
            shutil.rmtree(made, ignore_errors=True)
            raise


def _marked(source: Notebook) -> dict[str, float | None]:
    """The cells of a notebook that nbgrader keeps account of, with the points of its test cells."""
    return {
        grade_id(cell): float(mark_of(cell)["points"]) if is_test(cell) else None
        for cell in source["cells"]
        if any(mark_of(cell).get(word) for word in ("grade", "solution", "locked", "task"))
    }


def _make_whole(database: str) -> None:
    """Make the gradebook's file, if there is none, in one step: nbgrader takes several, and cannot go on from half."""
    prefix, _, name = database.partition(":///")
    file = Path(name)
    if prefix != "sqlite" or not name or file.exists():
        return
    half = file.with_name(f".{file.name}-half")
    half.unlink(missing_ok=True)
    try:
        Gradebook(f"sqlite:///{half}").close()
        os.replace(half, file)
    finally:
        half.unlink(missing_ok=True)
