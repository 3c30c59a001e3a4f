"""Makes the report on an assignment: how the class did, where it went wrong, and who is to be looked at.

It reads the gradebook, what grading left in `autograded/`, and the course's own `source/` and `answers/`. Nothing is
graded, and nothing but the files that were asked for is written.
"""

from __future__ import annotations

import csv
import io
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import mean, median

from rich.table import Table
from rich.text import Text

from autograder.authoring.answers import Answer, ExerciseRef, read_answers
from autograder.course import Course
from autograder.errors import UserError
from autograder.files import STDOUT, check_result_file, write_result
from autograder.grading.results import GRADED, NotebookResult, result_in
from autograder.nbgrader_app import folders_of
from autograder.notebooks import Notebook, exercises, find_notebooks, grade_id, is_solution, read
from autograder.reporting import misconceptions, pages
from autograder.reporting.scores import CellScore, Scores, read_autograded, read_scores
from autograder.terminal import output

BINS = 10  # of the distribution
MOST_MISCONCEPTIONS = 30
MOST_SHOWN = 10  # of them, in a terminal
MOST_UNEXPLAINED = 10  # of the failures that no answer explains
LONGEST_SAMPLE = 3_000  # characters of code
LONGEST_MESSAGE = 1_500
LONGEST_WHY = 500
# nbgrader's own columns, so that whatever takes its export takes this one.
COLUMNS = ("assignment", "duedate", "timestamp", "student_id", "last_name", "first_name", "email")
COLUMNS += ("raw_score", "late_submission_penalty", "score", "max_score")
UNREADABLE = "unreadable"


@dataclass
class TestRow:
    """One test cell: how many have passed it, of how many whose points are not withheld."""

    name: str
    title: str
    passed: int = 0
    judged: int = 0

    @property
    def share(self) -> float:
        """Of those judged, from 0 to 1."""
        return self.passed / self.judged if self.judged else 0.0


@dataclass
class ExerciseRow:
    """One exercise: how many have passed all its tests, and how many have written nothing."""

    notebook: str
    name: str
    tests: list[TestRow]
    passed: int = 0
    judged: int = 0
    unanswered: int = 0

    @property
    def share(self) -> float:
        """Of those judged, from 0 to 1."""
        return self.passed / self.judged if self.judged else 0.0


@dataclass
class Sample:
    """Code of one student's, and what a test said of it."""

    student: str
    exercise: str
    code: str
    message: str


@dataclass
class MisconceptionRow:
    """One misconception, in whatever exercises.

    `seen`: how often an exercise failed in the way that a sentence tells; `students`, whose failures look like it.
    """

    label: str
    seen: Counter[tuple[str, str]] = field(default_factory=Counter)
    students: list[str] = field(default_factory=list)
    sample: Sample | None = None


@dataclass(frozen=True)
class Remark:
    """Why somebody should look at a notebook, or what is to be known of it."""

    student: str
    notebook: str
    status: str
    why: str


@dataclass
class Report:
    """All that the page, the CSV and the table are made of."""

    scores: Scores
    exercises: list[ExerciseRow]
    misconceptions: list[MisconceptionRow] = field(default_factory=list)
    unexplained: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    remarks: list[Remark] = field(default_factory=list)
    still_open: dict[str, dict[str, int]] = field(default_factory=dict)

    @property
    def max_points(self) -> float:
        """Of the assignment."""
        return sum(self.scores.max_points.values())

    @property
    def points(self) -> list[float]:
        """The scores of all submissions."""
        return [submission.points for submission in self.scores.submissions.values()]

    @property
    def absent(self) -> list[str]:
        """Students whom the gradebook knows and who have handed in nothing."""
        return [student for student in self.scores.people if student not in self.scores.submissions]


def run_report(course: Course, assignment: str, *, html_to: str | None = None, csv_to: str | None = None) -> int:
    """Make the report, write what is asked for, show a short form of it; the exit code.

    Parameters: `html_to`, `csv_to`, files, `-` for stdout.

    Raises: UserError; OSError, where a file cannot be written.
    """
    if html_to == csv_to == STDOUT:
        raise UserError("--html - and --csv -: only one of them can go to stdout; name a file for the other")
    for file in (html_to, csv_to):
        check_result_file(file)
    report = make_report(course, assignment)
    for file, text in ((html_to, html_of), (csv_to, csv_of)):
        if file:
            write_result(file, text(report))
            if file != STDOUT:
                print(f"written: {file}", file=sys.stderr)
    if STDOUT not in (html_to, csv_to):
        show(report)
    return 0


def make_report(course: Course, assignment: str) -> Report:
    """Gather everything. Raises UserError for an unknown assignment, or one of which nothing is graded."""
    course.select([assignment])
    folders = folders_of(course)
    scores = read_scores(folders.db_url, assignment)
    sources = {path.stem: read(path) for path in find_notebooks(course.source / assignment)}
    known = _wrong_answers(course, assignment, sources)
    report = Report(scores, _rows(sources))
    seen: dict[str, MisconceptionRow] = {}
    for student, submission in scores.submissions.items():
        for name, score in submission.notebooks.items():
            if waiting := sum(cell.open for cell in score.cells.values()):
                report.still_open.setdefault(student, {})[name] = waiting
            try:
                notebook = read_autograded(folders, student, assignment, name)
            except UserError as error:
                report.remarks.append(Remark(student, name, UNREADABLE, str(error)))
                continue
            result = result_in(notebook, student, name)
            if result.why:
                report.remarks.append(Remark(student, name, result.status, pages.cut(result.why, LONGEST_WHY)))
            _count(report.exercises, name, score.cells, result)
            if result.status == GRADED:
                for row in report.exercises:
                    if row.notebook == name and row.name not in result.unanswered:
                        _look(report, seen, row, notebook, result, known.get((name, row.name), []))
    report.misconceptions = sorted(seen.values(), key=lambda row: (-len(row.students), row.label))
    return report


def _wrong_answers(
    course: Course, assignment: str, sources: dict[str, Notebook]
) -> dict[tuple[str, str], list[Answer]]:
    """The wrong answers by notebook and exercise; what cannot be read is for `autograder verify` to say."""
    refs = [
        ExerciseRef.of(assignment, name, exercise) for name, source in sources.items() for exercise in exercises(source)
    ]
    known = defaultdict(list)
    for answer in read_answers(course.answers, refs)[0]:
        if answer.kind == "wrong":
            known[answer.notebook, answer.exercise].append(answer)
    return known


def _rows(sources: dict[str, Notebook]) -> list[ExerciseRow]:
    return [
        ExerciseRow(name, exercise.name, [TestRow(grade_id(cell), _title(cell["source"])) for cell in exercise.tests])
        for name, source in sources.items()
        for exercise in exercises(source)
        if exercise.tests
    ]


def _title(source: str) -> str:
    """The first line of a test cell, which says what it tests, if it is a comment."""
    first = source.partition("\n")[0]
    return first.lstrip("# ") if first.startswith("#") and "BEGIN HIDDEN" not in first else ""


def _count(rows: Iterable[ExerciseRow], notebook: str, cells: dict[str, CellScore], result: NotebookResult) -> None:
    """Count what a notebook has passed."""
    for row in rows:
        if row.notebook != notebook:
            continue
        verdicts = []
        for test in row.tests:
            cell = cells.get(test.name)
            if cell is not None and cell.auto is not None:
                verdicts.append(cell.auto >= cell.max_points)
                test.judged += 1
                test.passed += verdicts[-1]
        if len(verdicts) == len(row.tests):
            row.judged += 1
            row.passed += all(verdicts)
        row.unanswered += row.name in result.unanswered


def _look(
    report: Report,
    seen: dict[str, MisconceptionRow],
    row: ExerciseRow,
    notebook: Notebook,
    result: NotebookResult,
    answers: list[Answer],
) -> None:
    """See what is behind the failed tests of one exercise of one student."""
    failed = {
        test.name: result.cells[test.name].message
        for test in row.tests
        if test.name in result.cells and not result.cells[test.name].passed
    }
    if not failed:
        return
    findings, left = misconceptions.find(failed, answers)
    code = next((cell["source"] for cell in notebook["cells"] if is_solution(cell) and grade_id(cell) == row.name), "")
    for finding in findings:
        found = seen.setdefault(finding.label, MisconceptionRow(finding.label))
        found.seen[f"{row.notebook}/{row.name}", finding.sentence] += 1
        if result.student not in found.students:
            found.students.append(result.student)
        if found.sample is None or len(code) < len(found.sample.code):
            found.sample = Sample(result.student, f"{row.notebook}/{row.name}", code, failed[finding.tests[0]])
    for test in left:
        report.unexplained[f"{row.notebook}/{row.name}", test, _gist(failed[test])] += 1


def _gist(message: str) -> str:
    """What was seen, if the message is a check's, else its first line."""
    lines = message.splitlines() or ["no message"]
    seen = next((line.partition("seen:")[2].strip() for line in lines if line.startswith("  seen:")), lines[0])
    return pages.cut(seen, 200)


def html_of(report: Report) -> str:
    """The report as a page of its own."""
    bins = [0] * BINS
    most = report.max_points or 1
    for points in report.points:
        bins[min(BINS - 1, int(BINS * points / most))] += 1
    return (
        pages.templates()
        .get_template("report.html")
        .render(
            report=report,
            scores=report.scores,
            bins=bins,
            mean=mean(report.points),
            median=median(report.points),
            misconceptions=report.misconceptions[:MOST_MISCONCEPTIONS],
            unexplained=report.unexplained.most_common(MOST_UNEXPLAINED),
            code=lambda text: pages.code(pages.cut(text.strip("\n"), LONGEST_SAMPLE)),
            message=lambda text: pages.message(pages.cut(text, LONGEST_MESSAGE)),
            markdown=pages.markdown,
            printable=pages.printable,
        )
    )


def csv_of(report: Report) -> str:
    """A line for each student whom the gradebook knows, with nbgrader's columns, each notebook's points and flags."""
    text = io.StringIO()
    names = list(report.scores.max_points)
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow([*COLUMNS, *names, "flags"])
    remarks = defaultdict(list)
    for remark in report.remarks:
        remarks[remark.student].append(f"{remark.notebook}: {remark.status}: {remark.why}")
    for student, person in report.scores.people.items():
        submission = report.scores.submissions.get(student)
        flags = list(remarks[student])
        if student in report.still_open:
            flags.append("manual grading open")
        if submission is None:
            flags.append("nothing handed in")
        lines.writerow(
            [
                _text(report.scores.assignment),
                report.scores.duedate or "",
                (submission and submission.timestamp) or "",
                *map(_text, (student, person.last_name, person.first_name, person.email)),
                *((submission.raw, submission.penalty, submission.points) if submission else (0.0, 0.0, 0.0)),
                report.max_points,
                *(
                    submission.notebooks[name].points if submission and name in submission.notebooks else 0.0
                    for name in names
                ),
                _text("; ".join(flags)),
            ]
        )
    return text.getvalue()


def _text(text: str) -> str:
    """The text on one line, and so that no spreadsheet takes it for a formula."""
    text = " ".join(pages.printable(text).split())
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text


def show(report: Report) -> None:
    """Print the pass rates, the misconceptions seen most, and how many are to be looked at."""
    console = output()
    points = report.points
    table = Table("exercise", "passed", "of", "unanswered", title=report.scores.assignment)
    for column in table.columns[1:]:
        column.justify = "right"
    for row in report.exercises:
        table.add_row(f"{row.notebook}/{row.name}", f"{row.share:.0%}", str(row.judged), str(row.unanswered))
    console.print(table)
    if report.misconceptions:
        table = Table("students", "misconception", "seen most in", "as an answer that", title="misconceptions")
        for row in report.misconceptions[:MOST_SHOWN]:
            (exercise, sentence), _ = row.seen.most_common(1)[0]
            table.add_row(str(len(row.students)), Text(row.label), exercise, Text(sentence[0].lower() + sentence[1:]))
        console.print(table)
    console.print(
        f"{len(points)} submissions, {mean(points):.3g} of {report.max_points:g} points on average, "
        f"median {median(points):g}"
    )
    odd = Counter(remark.status for remark in report.remarks if remark.status != GRADED)
    for status, number in sorted(odd.items()):
        console.print(f"{status}: {number} notebooks")
    if report.still_open:
        console.print(f"manual grading open: {len(report.still_open)} submissions")
