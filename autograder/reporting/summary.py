"""The scores of an assignment as a CI service shows them: a table in Markdown, and JUnit's XML.

Both are of what the gradebook says, whoever has graded: `autograder grade`, `nbgrader autograde`, or a person.
"""

from __future__ import annotations

import re
from dataclasses import replace

from autograder.course import Course
from autograder.errors import UserError
from autograder.files import check_result_file, write_result
from autograder.grading.command import junit
from autograder.grading.results import GRADED, CellResult, NotebookResult, result_in
from autograder.nbgrader_app import folders_of
from autograder.reporting.scores import read_autograded, read_scores


def write_summary(course: Course, assignment: str, *, markdown_to: str | None, junit_to: str | None) -> None:
    """Write the files that are asked for, `-` for stdout. Raises UserError if nothing is graded; OSError."""
    for file in (markdown_to, junit_to):
        check_result_file(file)
    results = graded_results(course, assignment)
    for file, text in ((markdown_to, markdown), (junit_to, junit)):
        if file:
            write_result(file, text(assignment, results))


def graded_results(course: Course, assignment: str) -> list[NotebookResult]:
    """What was said of each notebook when it was graded, with the points that it has now. Raises UserError."""
    course.select([assignment])
    folders = folders_of(course)
    results = []
    for student, submission in read_scores(folders.db_url, assignment).submissions.items():
        for name, score in submission.notebooks.items():
            try:
                result = result_in(read_autograded(folders, student, assignment, name), student, name)
            except UserError as error:
                result = NotebookResult(student, name, why=str(error))
            cells = {
                cell: CellResult(
                    points.points,
                    points.max_points,
                    points.points >= points.max_points,
                    result.cells[cell].message if cell in result.cells else "",
                )
                for cell, points in score.cells.items()
            }
            results.append(replace(result, cells=cells))
    return results


def markdown(assignment: str, results: list[NotebookResult]) -> str:
    """A table: a line for each notebook of each student."""
    lines = [f"### {assignment}", "", "| student | notebook | points | of | |", "|---|---|--:|--:|---|"]
    for each in results:
        said = each.why if each.status == GRADED else f"{each.status}: {each.why}"
        cells = (_plain(each.student), _plain(each.notebook), f"{each.points:g}", f"{each.max_points:g}", _plain(said))
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join([*lines, "", ""])


def _plain(text: str) -> str:
    """The text on one line, none of it taken for Markdown or HTML."""
    return re.sub(r"([\\`*_{}\[\]<>|~#&])", r"\\\1", " ".join(text.split()))
