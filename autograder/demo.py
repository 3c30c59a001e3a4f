"""A small class for `make demo`: sample submissions, graded, each score beside what it should be.

The submissions are made from `answers/`, so what each deserves is not written down here but follows from the test
cells that its answers fail.
"""

from __future__ import annotations

import copy
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from rich.table import Table

from autograder.authoring.answers import Answer, ExerciseRef, read_answers
from autograder.authoring.release import release
from autograder.course import Course
from autograder.errors import UserError
from autograder.files import write_result
from autograder.grading import sandbox
from autograder.grading.command import grade_into_gradebook
from autograder.grading.results import FLAGGED
from autograder.notebooks import (
    Notebook,
    exercises,
    fill_in,
    find_notebooks,
    grade_id,
    is_test,
    mark_of,
    parse,
    read,
    to_bytes,
)
from autograder.reporting.feedback import run_feedback
from autograder.reporting.report import html_of, make_report
from autograder.terminal import output, progress_bar

WRONG_STUDENTS = 6
REPORT = "report.html"

# What those try who want points without an answer, or to spoil the grading of others.
NO_TESTS = "get_ipython().input_transformers_cleanup.append(lambda lines: ['pass\\n'])"
FORGERY = """
from autograder.checks import Call, Gate

for kind in (Call, Gate):
    for name in dir(kind):
        if name.startswith("expect_"):
            setattr(kind, name, lambda self, *_, **__: None)
"""
DEATH = "import os, signal\n\nos.kill(os.getpid(), signal.SIGKILL)"
FLOOD = "while True:\n    print('na' * 1000)"


@dataclass(frozen=True)
class Sample:
    """One student's submission; `deserved`, the points for what the student wrote; `flagged`, if some are withheld."""

    student: str
    handed_in: str
    deserved: float
    files: dict[str, bytes] = field(default_factory=dict)
    flagged: bool = False


@dataclass(frozen=True)
class Assignment:
    """What the samples of one assignment are made of: the released notebooks, the answers, the points of each test."""

    name: str
    notebooks: dict[str, Notebook]
    answers: dict[tuple[str, str], list[Answer]]  # by notebook and exercise
    points: dict[str, float]  # by grade_id
    tests: dict[tuple[str, str], tuple[str, ...]]

    @property
    def total(self) -> float:
        """The points of the whole assignment."""
        return sum(self.points.values())

    def lost(self, answer: Answer) -> float:
        """The points that an answer loses."""
        return sum(self.points[cell] for cell in answer.fails)


def run_demo(course: Course, assignment: str = "02_pools") -> int:
    """Build, grade and show the class in `build/demo/`; the exit code, 0 if every score is the expected one.

    Nothing outside `build/demo/` is written. Raises UserError for an unknown assignment or one without answers.
    """
    course.select([assignment])
    demo = Course(course.build / "demo")
    if demo.root.exists():
        shutil.rmtree(demo.root)
    demo.root.mkdir(parents=True)
    shutil.copytree(course.source / assignment, demo.source / assignment, ignore=shutil.ignore_patterns(".*"))
    shutil.copytree(course.answers / assignment, demo.answers / assignment, ignore=shutil.ignore_patterns(".*", "__*"))
    shutil.copy(course.root / "nbgrader_config.py", demo.root)
    release(demo)
    samples = list(make_samples(_read(course, demo, assignment)))
    for sample in samples:
        folder = demo.root / "submitted" / sample.student / assignment
        folder.mkdir(parents=True)
        for name, data in sample.files.items():
            (folder / name).write_bytes(data)
    scores = _grade(demo, assignment, [sample.student for sample in samples])
    return show(samples, scores, assignment, demo.root.relative_to(course.root))


def _read(course: Course, demo: Course, assignment: str) -> Assignment:
    notebooks, points, tests = {}, {}, {}
    for path in find_notebooks(demo.source / assignment):
        source = read(path)
        notebooks[path.stem] = read(demo.release / assignment / path.name)
        points |= {grade_id(cell): mark_of(cell)["points"] for cell in source["cells"] if is_test(cell)}
        for exercise in exercises(source):
            tests[path.stem, exercise.name] = tuple(grade_id(cell) for cell in exercise.tests)
    found, problems = read_answers(
        course.answers, [ExerciseRef(assignment, *key, cells) for key, cells in tests.items()]
    )
    answers = {key: [each for each in found if (each.notebook, each.exercise) == key] for key in tests}
    for key, known in answers.items():
        if not {"right", "wrong"} <= {answer.kind for answer in known}:
            raise UserError(
                f"answers/{assignment}/{'/'.join(key)}: needs a right and a wrong answer for the demo"
                + (f" ({problems[0].path.name}: {problems[0].text})" if problems else "")
            )
    return Assignment(assignment, notebooks, answers, points, tests)


def make_samples(assignment: Assignment) -> Iterator[Sample]:
    """The class: right and wrong in many ways, and what breaks other graders."""
    everything = assignment.total
    right = {key: [each for each in known if each.kind == "right"] for key, known in assignment.answers.items()}
    wrong = {key: [each for each in known if each.kind == "wrong"] for key, known in assignment.answers.items()}
    first = {key: known[0] for key, known in right.items()}

    def sample(student: str, handed_in: str, chosen: dict[tuple[str, str], Answer]) -> Sample:
        deserved = everything - sum(map(assignment.lost, chosen.values()))
        return Sample(student, handed_in, deserved, _filled_in(assignment, chosen))

    def with_one(name: str) -> dict[tuple[str, str], Answer]:
        for key, known in assignment.answers.items():
            for answer in known:
                if answer.name == name:
                    return {**first, key: answer}
        raise UserError(f"answers/{assignment.name}: the demo needs an answer {name}.py to one of the exercises")

    yield sample("all-right", "the first right answer to each exercise", first)
    for number in (1, 2):
        other = {key: known[-number] for key, known in right.items()}
        yield sample(f"right-otherwise-{number}", "right answers of other kinds", other)
    for number in range(WRONG_STUDENTS):
        chosen = {key: known[number % len(known)] for key, known in wrong.items()}
        mistakes = {mistake for answer in chosen.values() for mistake in answer.misconceptions if len(mistake) < 4}
        listed = ", ".join(sorted(mistakes, key=lambda mistake: int(mistake[1:])))
        yield sample(f"wrong-{number + 1}", f"a wrong answer to each exercise ({listed})", chosen)

    deadlock = with_one("wrong_takes_its_lock_twice")
    yield sample("deadlock", "a function that waits for itself for ever", deadlock)
    yield sample("logs", "right answers, one of which logs to stderr", with_one("right_logs_to_stderr"))
    yield Sample("untouched", "the notebooks as they were released", 0, _filled_in(assignment, {}))

    files = _filled_in(assignment, first)
    name = min(files)
    rest = everything - sum(
        assignment.points[cell]
        for (notebook, _), cells in assignment.tests.items()
        for cell in cells
        if f"{notebook}.ipynb" == name
    )

    def damaged(data: bytes | Callable[[Notebook], object]) -> dict[str, bytes]:
        return {**files, name: _changed(files[name], data) if callable(data) else data}

    left = {other: data for other, data in files.items() if other != name}
    half = files[name][: len(files[name]) // 2]
    yield Sample("own-cells", "right, with cells of the student's own", everything, damaged(_add_cells))
    yield Sample("one-missing", f"right, but without {name}", rest, left)
    yield Sample("nothing", "an empty folder", 0)
    yield Sample("empty", f"right, but {name} has 0 bytes", rest, damaged(b""))
    yield Sample("corrupt", f"right, but {name} is cut off", rest, damaged(half))
    yield Sample("pasted-test", "right, with a test cell twice", everything, damaged(_paste_test_cell))
    yield Sample("no-cells", f"right, but {name} has no cells", rest, damaged(_remove_cells))

    def with_own_cell(files: dict[str, bytes], source: str) -> dict[str, bytes]:
        return {**files, name: _changed(files[name], lambda notebook: _add_cell(notebook, source))}

    only_wrong_there = {key: wrong[key][0] if f"{key[0]}.ipynb" == name else answer for key, answer in first.items()}
    wrong_there = _filled_in(assignment, only_wrong_there)
    yield Sample("no-tests", f"{name} makes every test cell empty", rest, with_own_cell(wrong_there, NO_TESTS))
    yield Sample("forges", f"{name} lets every check pass", rest, with_own_cell(wrong_there, FORGERY), flagged=True)
    yield Sample("dies", "right, with a cell that kills its kernel", everything, with_own_cell(files, DEATH))
    yield Sample("floods", "right, with a cell that prints without end", everything, with_own_cell(files, FLOOD))


def _filled_in(assignment: Assignment, chosen: dict[tuple[str, str], Answer]) -> dict[str, bytes]:
    """The released notebooks with these answers in their solution cells."""
    files = {}
    for name, released in assignment.notebooks.items():
        notebook = copy.deepcopy(released)
        for (where, exercise), answer in chosen.items():
            if where == name:
                fill_in(notebook, exercise, answer.code)
        files[f"{name}.ipynb"] = to_bytes(notebook)
    return files


def _changed(data: bytes, change: Callable[[Notebook], object]) -> bytes:
    notebook = parse(data, "a sample")
    change(notebook)
    return to_bytes(notebook)


def _paste_test_cell(notebook: Notebook) -> None:
    cells = notebook["cells"]
    place = next(place for place, cell in enumerate(cells) if is_test(cell))
    cells.insert(place, {**copy.deepcopy(cells[place]), "id": "pasted"})


def _add_cells(notebook: Notebook) -> None:
    own = ["print('trying things out')", "1 / 0", "import threading\nthreading.active_count()"]
    for number, source in enumerate(own):
        _add_cell(notebook, source, 2 * number + 1)


def _add_cell(notebook: Notebook, source: str, place: int = 1) -> None:
    cell = {"cell_type": "code", "execution_count": None, "id": f"own-{place}", "metadata": {}, "outputs": []}
    notebook["cells"].insert(place, {**cell, "source": source})


def _remove_cells(notebook: Notebook) -> None:
    notebook["cells"].clear()


def _grade(demo: Course, assignment: str, students: list[str]) -> dict[str, tuple[float, bool]]:
    """Points of each student, and whether something was flagged. Feedback pages and the report are written too."""
    # The samples are our own: they may run without a sandbox.
    if why_not := sandbox.why_not():
        print(f"without a sandbox: {why_not}", file=sys.stderr)
    with progress_bar("grading") as bar:
        task = bar.add_task("", total=len(students))
        results = grade_into_gradebook(
            demo, assignment, sealed=not why_not, progress=lambda done, total: bar.update(task, completed=done)
        )
    run_feedback(demo, assignment)
    write_result(str(demo.root / REPORT), html_of(make_report(demo, assignment)))
    own = {student: [each for each in results if each.student == student] for student in students}
    return {
        student: (sum(each.points for each in mine), any(each.status == FLAGGED for each in mine))
        for student, mine in own.items()
    }


def show(samples: list[Sample], scores: dict[str, tuple[float, bool]], assignment: str, folder: Path) -> int:
    """Print the table; 0 if each score is the deserved one, and flagged is who must be, else 1."""
    console = output()
    table = Table("student", "handed in", "score", "deserved", "verdict", title=assignment)
    table.columns[2].justify = table.columns[3].justify = "right"
    surprises = 0
    for sample in samples:
        score, flagged = scores[sample.student]
        if (score, flagged) == (sample.deserved, sample.flagged):
            verdict = "[green]as deserved[/]" + ", flagged" * flagged
        else:
            verdict = "[bold red]SURPRISE[/]" + ", flagged" * flagged
            surprises += 1
        table.add_row(sample.student, sample.handed_in, f"{score:g}", f"{sample.deserved:g}", verdict)
    console.print(table)
    console.print(f"{len(samples)} submissions, {surprises or 'no'} surprise{'s' * (surprises != 1)}")
    console.print(f"feedback pages: {folder}/feedback/STUDENT/{assignment}/")
    console.print(f"report: {folder}/{REPORT}")
    return 1 if surprises else 0
