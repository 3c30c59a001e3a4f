"""What `autograder grade` does: grade, show, write files for machines."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from xml.etree import ElementTree

from rich.table import Table
from rich.text import Text
from sqlalchemy.exc import SQLAlchemyError

from autograder.course import Course
from autograder.errors import UserError
from autograder.files import STDOUT, check_result_file, write_result
from autograder.grading.engine import grade, read_exam
from autograder.grading.record import Record
from autograder.grading.results import GRADED, NotebookResult
from autograder.nbgrader_app import folders_of, gradebook_error
from autograder.terminal import output, progress_bar

LOOK_AT = 1  # exit code: something was flagged or refused


def run_grade(
    course: Course,
    assignment: str,
    students: Iterable[str] = (),
    *,
    jobs: int | None = None,
    dask: str | None = None,
    sealed: bool = True,
    json_to: str | None = None,
    junit_to: str | None = None,
) -> int:
    """Grade, store, show; the exit code, 0 if every notebook got its verdicts, whatever the scores.

    Parameters: as for `engine.grade`; `json_to`, `junit_to`, files for the results, `-` for stdout.

    Raises: UserError; OSError, where a file cannot be written.
    """
    for file in (json_to, junit_to):
        check_result_file(file)
    with progress_bar(f"grading {assignment}") as bar:
        task = bar.add_task("")
        results = grade_into_gradebook(
            course,
            assignment,
            students,
            jobs=jobs,
            dask=dask,
            sealed=sealed,
            progress=lambda done, total: bar.update(task, completed=done, total=total),
        )
    if json_to:
        write_result(json_to, json.dumps([result.as_json() for result in results], indent=1, ensure_ascii=False) + "\n")
    if junit_to:
        write_result(junit_to, junit(assignment, results))
    if STDOUT not in (json_to, junit_to):
        show(assignment, results)
    odd = [result for result in results if result.status != GRADED]
    for result in odd:
        print(f"{result.status}: {result.student}/{assignment}/{result.notebook}: {result.why}", file=sys.stderr)
    return LOOK_AT if odd else 0


def grade_into_gradebook(
    course: Course, assignment: str, students: Iterable[str] = (), **options: object
) -> list[NotebookResult]:
    """Grade into the gradebook that the course's nbgrader_config.py names. Raises UserError."""
    from nbgrader.preprocessors import AssignLatePenalties

    folders = folders_of(course)
    config = folders.config
    exam = read_exam(course, assignment, config)
    penalties = AssignLatePenalties(config=config)
    try:
        record = Record(
            folders.db_url, course.root / folders.autograded_directory, penalties.plugin_class(config=config)
        )
        try:
            record.register(assignment, exam.sources, config)
            return grade(course, exam, record, students, **options)
        finally:
            record.close()
    except SQLAlchemyError as error:
        said = gradebook_error(error)
        raise UserError(
            f"the gradebook {folders.db_url} cannot be used: {said}; what was graded before is kept"
        ) from None


def show(assignment: str, results: list[NotebookResult]) -> None:
    """Print a table: a line for each student, a column for each notebook."""
    names = list(dict.fromkeys(result.notebook for result in results))
    table = Table("student", *names, "points", "of", title=assignment)
    for column in table.columns[1:]:
        column.justify = "right"
    for student in dict.fromkeys(result.student for result in results):
        own = {result.notebook: result for result in results if result.student == student}
        points, most = sum(each.points for each in own.values()), sum(each.max_points for each in own.values())
        shown = [f"{own[name].points:g}" if own[name].status == GRADED else own[name].status for name in names]
        table.add_row(Text(student), *shown, f"{points:g}", f"{most:g}")
    output().print(table)


def junit(assignment: str, results: list[NotebookResult]) -> str:
    """The results as JUnit's XML: a suite for each notebook of a student, a case for each test cell."""
    suites = ElementTree.Element("testsuites", name=assignment)
    for result in results:
        failed = sum(not cell.passed for cell in result.cells.values())
        name = f"{assignment}/{result.student}/{result.notebook}"
        counts = {"tests": str(len(result.cells)), "failures": str(failed)}
        suite = ElementTree.SubElement(suites, "testsuite", name=name, **counts)
        for test, cell in result.cells.items():
            case = ElementTree.SubElement(suite, "testcase", classname=name, name=test)
            if not cell.passed:
                message = _printable(cell.message or result.why)
                ElementTree.SubElement(case, "failure", message=message.split("\n")[0]).text = message
    return ElementTree.tostring(suites, encoding="unicode", xml_declaration=True) + "\n"


def _printable(text: str) -> str:
    """The text without what XML cannot hold."""
    return "".join(letter if letter.isprintable() or letter in "\n\t" else "?" for letter in text)
