"""Puts this grader behind `nbgrader autograde` and formgrader's button, so that they give the same scores.

`nbgrader_config.py` calls `install`. What nbgrader is asked for keeps its meaning: which students, which assignment,
and that a submission which is graded already is left alone unless there is a newer one or `--force` is given. Setting
`c.Autograder.sandbox = False` there means what `autograder grade --no-sandbox` means.
"""

from __future__ import annotations

from pathlib import Path

from nbgrader.converters import Autograde, NbGraderException
from nbgrader.utils import full_split

from autograder.course import Course
from autograder.errors import UserError
from autograder.grading.results import GRADED


def install() -> None:
    """Let every `Autograde` of this process grade by the engine of this package."""
    Autograde.start = start


def start(converter: Autograde) -> None:
    """Grade what the converter is asked for. Raises NbGraderException."""
    from autograder.grading.command import grade_into_gradebook

    folders = converter.coursedir
    try:
        wanted = _wanted(converter)
        if not wanted:
            return
        sealed = converter.config.Autograder.get("sandbox", True)
        results = grade_into_gradebook(Course(Path(folders.root)), folders.assignment_id, wanted, sealed=sealed)
    except UserError as error:
        for line in error.lines:
            converter.log.error(line)
        raise NbGraderException(str(error)) from None
    for result in results:
        name = f"{result.student}/{folders.assignment_id}/{result.notebook}"
        if result.status == GRADED:
            converter.log.info("%s: %g of %g points", name, result.points, result.max_points)
        else:
            converter.log.warning("%s: %s: %s", result.status, name, result.why)


def _wanted(converter: Autograde) -> list[str]:
    """The students whose submissions are to be graded."""
    folders = converter.coursedir
    if folders.notebook_id != "*":
        raise UserError("autograder grades whole submissions: leave --notebook away")
    excluded = folders.student_id_exclude.split(",")
    pattern = folders.format_path(folders.submitted_directory, folders.student_id, folders.assignment_id)
    found = sorted(path for path in Path(folders.root).glob(str(Path(pattern).relative_to(folders.root))))
    students = [full_split(str(path))[-2] for path in found if path.is_dir()]
    if not students:
        raise UserError(f"no submission matches {pattern}")
    return [student for student in students if student not in excluded and _is_new(converter, student)]


def _is_new(converter: Autograde, student: str) -> bool:
    folders = converter.coursedir
    submitted, autograded = (
        folders.format_path(folder, student, folders.assignment_id)
        for folder in (folders.submitted_directory, folders.autograded_directory)
    )
    if converter.force or not Path(autograded).exists():
        return True
    new, old = folders.get_existing_timestamp(submitted), folders.get_existing_timestamp(autograded)
    if new is not None and (old is None or new > old):
        return True
    converter.log.info("%s is graded already; --force grades it again", autograded)
    return False
