"""Grades a class: submissions in, scores out, one way through for all of them.

Every submission gets a result, whatever was handed in. Rooms run notebooks at the same time; one thread, the one that
called, writes the gradebook, a submission at a time and in the order of the students, so that a run that was cut off is
simply started again.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from random import SystemRandom
from typing import TYPE_CHECKING

import nbformat
from nbgrader.preprocessors import ClearHiddenTests, ClearSolutions
from nbgrader.utils import parse_utc
from traitlets.config import Config

from autograder.course import Course
from autograder.errors import UserError
from autograder.grading.execute import ENDED, Execution, Rooms, rooms_at_once
from autograder.grading.intake import Submission, SubmittedCell, read_submission
from autograder.grading.probes import probe_notebook
from autograder.grading.rebuild import rebuild
from autograder.grading.record import Record
from autograder.grading.results import FLAGGED, GRADED, REFUSED, CellResult, NotebookResult, with_result
from autograder.grading.room import RoomError, RoomStartError
from autograder.notebooks import (
    Notebook,
    files_beside,
    find_notebooks,
    grade_id,
    is_solution,
    is_test,
    mark_of,
    read,
    to_bytes,
)

if TYPE_CHECKING:
    from autograder.grading.cluster import Cluster

SECONDS = 30  # that a cell may take
SECRET = "submission_secret.txt"  # of nbgrader's exchange, by which feedback finds back to its student


@dataclass(frozen=True)
class Exam:
    """What an assignment's submissions are graded by: our notebooks, as we have them and as students got them."""

    assignment: str
    sources: dict[str, Notebook]
    released: dict[str, Notebook]
    files: dict[str, bytes]


def _as_released(source: Notebook, config: Config) -> Notebook:
    """The notebook as students get it. What lies in release/ may have been worked in, here or by an instructor."""
    notebook = nbformat.from_dict(source)
    for preprocessor in (ClearSolutions, ClearHiddenTests):
        notebook, _ = preprocessor(config=config).preprocess(notebook, {})
    return notebook


@dataclass(frozen=True)
class Graded:
    """One submission with its results, and what the gradebook keeps of it."""

    student: str
    results: list[NotebookResult]
    files: dict[str, bytes]
    timestamp: str | None


def read_exam(course: Course, assignment: str, config: Config) -> Exam:
    """Our side of an assignment; `config`, nbgrader's. Raises UserError if a notebook is not there or damaged."""
    course.select([assignment])
    sources, released = {}, {}
    for path in find_notebooks(course.source / assignment):
        if path.parent == course.source / assignment:
            sources[path.stem] = read(path, path.relative_to(course.root).as_posix())
            released[path.stem] = _as_released(sources[path.stem], config)
    if not sources:
        raise UserError(f"source/{assignment}: no notebook here; put one with exercises into it")
    return Exam(assignment, sources, released, files_beside(course.source / assignment))


def students_of(course: Course, assignment: str, names: Iterable[str] = ()) -> list[str]:
    """The students who handed in this assignment, or those of them called `names`.

    Raises UserError, which names the unknown ones.
    """
    handed_in = sorted(
        folder.parent.name for folder in (course.root / "submitted").glob(f"*/{assignment}") if folder.is_dir()
    )
    names = list(dict.fromkeys(names))
    if unknown := [name for name in names if name not in handed_in]:
        raise UserError(
            f"submitted/: no {assignment} of {', '.join(unknown)}; there is: {', '.join(handed_in) or 'none'}"
        )
    if not handed_in:
        raise UserError(
            f"submitted/: no submission of {assignment}; it is looked for in submitted/STUDENT/{assignment}/"
        )
    return [student for student in handed_in if not names or student in names]


def grade(
    course: Course,
    exam: Exam,
    record: Record,
    students: Iterable[str] = (),
    *,
    jobs: int | None = None,
    dask: str | None = None,
    sealed: bool = True,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> list[NotebookResult]:
    """Grade submissions of an assignment and store them.

    Parameters: `exam`, the assignment; `record`, where; `students`, all who handed in if none is given; `jobs`, rooms
    at the same time (default: as many as keep this machine busy); `dask`, the address of a cluster that has the rooms;
    `sealed`, whether they are sandboxes; `progress(done, total)`, called after each submission.

    Raises: UserError for what cannot be graded at all.
    """
    assignment = exam.assignment
    chosen = students_of(course, assignment, students)
    rooms, jobs = _rooms(jobs, dask, sealed)
    results: list[NotebookResult] = []
    progress(0, len(chosen))
    with rooms, ThreadPoolExecutor(jobs) as pool:
        waiting: deque[Future[Graded]] = deque()
        ahead = iter(chosen)
        try:
            for number in range(1, len(chosen) + 1):
                for student in islice(ahead, 2 * jobs - len(waiting)):
                    folder = course.root / "submitted" / student / assignment
                    waiting.append(pool.submit(grade_submission, exam, student, folder, rooms))
                graded = waiting.popleft().result()
                record.write(assignment, graded.student, graded.results, graded.files, graded.timestamp)
                results += graded.results
                progress(number, len(chosen))
        except RoomStartError as error:
            raise UserError(str(error)) from None
        finally:
            for each in waiting:
                each.cancel()
    return results


def _rooms(jobs: int | None, dask: str | None, sealed: bool) -> tuple[Rooms | Cluster, int]:
    """Where notebooks are run, and how many at the same time."""
    if dask is None:
        jobs = jobs or rooms_at_once()
        return Rooms(jobs, sealed=sealed), jobs
    from autograder.grading.cluster import Cluster

    cluster = Cluster(dask, sealed=sealed)
    return cluster, jobs or cluster.threads


def _timestamp(files: dict[str, bytes]) -> str | None:
    """When it was handed in, as nbgrader has written it; None where that is not said, or no date."""
    text = files.get("timestamp.txt", b"")[:100].decode(errors="replace").strip()
    try:
        parse_utc(text)
    except (ValueError, OverflowError):
        return None
    return text


def grade_submission(exam: Exam, student: str, folder: Path, rooms: Rooms | Cluster) -> Graded:
    """Grade what one student handed in. Raises RoomStartError."""
    submission = read_submission(folder)
    files = {**submission.files, **exam.files}
    handed_in = _match(exam, submission)
    results = []
    kept = {name: content for name, content in submission.files.items() if name == SECRET}
    for name in exam.sources:
        try:
            result, notebook = _grade_notebook(exam, student, name, *handed_in[name], files, rooms)
            kept[f"{name}.ipynb"] = to_bytes(_with_reason(notebook, result))
        except (RoomStartError, UserError):
            raise
        except Exception as error:  # whatever it is, nobody else's grade waits for it
            why = f"grading it failed: {type(error).__name__}: {str(error)[:200]}"
            result = NotebookResult(student, name, FLAGGED, why, _zeros(exam.sources[name]))
            kept[f"{name}.ipynb"] = to_bytes(_with_reason(exam.released[name], result))
        results.append(result)
    return Graded(student, results, kept, _timestamp(submission.files))


def _grade_notebook(
    exam: Exam,
    student: str,
    name: str,
    cells: list[SubmittedCell] | None,
    why: str,
    files: dict[str, bytes],
    rooms: Rooms | Cluster,
) -> tuple[NotebookResult, Notebook]:
    source = exam.sources[name]
    notebook = rebuild(source, exam.released[name], cells or [])
    result = partial(NotebookResult, student, name, unanswered=_unanswered(notebook, exam.released[name]))
    if cells is None:
        status, why = (REFUSED, why) if why else (GRADED, "it was not handed in")
        return result(status, why, _zeros(source)), notebook
    try:
        execution = rooms.execute(nbformat.from_dict(notebook), files, timeout=SECONDS)
        doubts = _doubts(notebook, exam.released[name], execution, files, rooms)
    except RoomStartError:
        raise
    except RoomError as error:
        return result(FLAGGED, f"its room broke down twice: {error}", _zeros(source)), notebook
    if doubts:
        return result(FLAGGED, f"its tests cannot be believed: {'; '.join(doubts[:3])}", _zeros(source)), notebook
    return result(GRADED, why, _scores(source, execution)), execution.notebook


def _doubts(
    notebook: Notebook, released: Notebook, execution: Execution, files: dict[str, bytes], rooms: Rooms | Cluster
) -> list[str]:
    """Why the tests that passed cannot be believed, if there is anything. Raises RoomError."""
    passed = [name for name, outcome in execution.outcomes.items() if outcome.passed]
    if not passed or execution.doubts:
        return execution.doubts if passed else []
    ended = {name for name, outcome in execution.others.items() if outcome.ename in ENDED}
    probes, asked = probe_notebook(notebook, released, passed, SystemRandom(), ended)
    probed = rooms.execute(nbformat.from_dict(probes), files, timeout=SECONDS)
    doubts = list(probed.doubts)
    for name, must_pass in sorted(asked.items()):
        outcome = probed.outcomes[name]
        if outcome.passed and not must_pass:
            doubts.append(f"{name} also passed where nothing can pass")
        elif must_pass and not outcome.passed and outcome.ename not in ENDED:
            doubts.append(f"{name} did not pass each time, and yet data is the same each time")
    return doubts


def _match(exam: Exam, submission: Submission) -> dict[str, tuple[list[SubmittedCell] | None, str]]:
    """For each of our notebooks the cells that were handed in, and what there is to say of them."""
    found: dict[str, tuple[list[SubmittedCell] | None, str]] = {}
    strangers = {name: cells for name, cells in submission.notebooks.items() if name not in exam.sources}
    for name, source in exam.sources.items():
        if name in submission.notebooks:
            found[name] = submission.notebooks[name], ""
        elif f"{name}.ipynb" in submission.refused:
            found[name] = None, submission.refused[f"{name}.ipynb"]
        else:
            asked = {grade_id(cell) for cell in source["cells"] if is_solution(cell)}
            stranger = next(
                (other for other, cells in strangers.items() if asked & {cell.grade_id for cell in cells}), ""
            )
            found[name] = (strangers.pop(stranger), f"it was handed in as {stranger}.ipynb") if stranger else (None, "")
    return found


def _unanswered(notebook: Notebook, released: Notebook) -> tuple[str, ...]:
    stubs = {grade_id(cell): cell["source"].strip() for cell in released["cells"] if is_solution(cell)}
    return tuple(
        grade_id(cell)
        for cell in notebook["cells"]
        if is_solution(cell) and cell["source"].strip() in ("", stubs.get(grade_id(cell)))
    )


def _zeros(source: Notebook) -> dict[str, CellResult]:
    return {
        grade_id(cell): CellResult(0, mark_of(cell)["points"], passed=False)
        for cell in source["cells"]
        if is_test(cell)
    }


def _scores(source: Notebook, execution: Execution) -> dict[str, CellResult]:
    scores = {}
    for name, zero in _zeros(source).items():
        outcome = execution.outcomes[name]
        points = zero.max_points if outcome.passed else 0
        scores[name] = CellResult(points, zero.max_points, outcome.passed, outcome.text)
    return scores


def _with_reason(notebook: Notebook, result: NotebookResult) -> Notebook:
    """The notebook with its result, and a first cell that says what there is to say of it as a whole."""
    notebook = with_result(notebook, result)
    if not result.why:
        return notebook
    text = f"**{result.status.capitalize()}**: {result.why}"
    cell = {"cell_type": "markdown", "id": "autograder-note", "metadata": {}, "source": text}
    return {**notebook, "cells": [cell, *notebook["cells"]]}
