"""Runs every exercise against what must fail and what must pass, and names each surprise.

The stub that students get must fail each test cell, and not by a syntax error; the solution and each right answer
must pass them all; each wrong answer must fail exactly the cells that it names, with the words that it names. So each
test cell is shown to tell right from wrong before a student meets it.
"""

from __future__ import annotations

import copy
import json
import logging
import textwrap
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from rich.console import Console
from rich.table import Table
from rich.text import Text
from traitlets.config.loader import Config

from autograder.authoring.answers import Answer, ExerciseRef, Problem, read_answers
from autograder.course import Course
from autograder.errors import UserError
from autograder.files import STDOUT, check_result_file, write_result
from autograder.grading.execute import CellOutcome, Execution, Rooms, rooms_at_once
from autograder.grading.room import RoomError
from autograder.nbgrader_app import load_config
from autograder.notebooks import exercises, files_beside, fill_in, grade_id, is_test, magic_of, read
from autograder.terminal import output, progress_bar

KINDS = ("stub", "solution", "right", "wrong")
LEAST_RIGHT = 2
LEAST_WRONG = 1
SYNTAX_ERRORS = ("SyntaxError", "IndentationError", "TabError")


@dataclass(frozen=True)
class Row:
    """One verdict about one answer (or the stub, or the solution) to one exercise; `why` is empty when it is ok."""

    assignment: str
    notebook: str
    exercise: str
    kind: str
    answer: str
    ok: bool
    why: str
    repeat: int = 1
    seconds: float = 0.0
    misconceptions: tuple[str, ...] = ()
    cells: dict[str, CellOutcome] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, ...]:
        """What the row is about, the same in each repeat."""
        return self.assignment, self.notebook, self.exercise, self.kind, self.answer


@dataclass(frozen=True)
class Report:
    """All rows in the order of the course, and notes: what is worth knowing but no error."""

    rows: list[Row]
    notes: list[str]

    @property
    def surprises(self) -> list[Row]:
        """The rows that are not as they must be."""
        return [row for row in self.rows if not row.ok]


@dataclass(frozen=True)
class _Source:
    """A source notebook, what students get of it (hidden tests kept), and its exercises."""

    solved: NotebookNode
    stub: NotebookNode
    exercises: list[ExerciseRef]


@dataclass(frozen=True)
class _Trial:
    """One notebook to run, and how to judge each exercise in it: a list of what is wrong."""

    assignment: str
    notebook: NotebookNode
    kind: str
    judges: list[tuple[ExerciseRef, Callable[[Execution], list[str]]]]
    answer: Answer | None = None


def verify(
    course: Course,
    assignments: Iterable[str] = (),
    *,
    notebook: str | None = None,
    exercise: str | None = None,
    repeat: int = 1,
    jobs: int | None = None,
    timeout: float = 60,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Report:
    """Run stub, solution and all answers of the chosen exercises, each in a kernel of its own.

    Parameters: `assignments`, all if none is given; `notebook` and `exercise`, the only one to look at; `repeat`, how
    often to run everything, where a verdict that differs is a surprise; `jobs`, kernels at the same time (default: as
    many as keep the machine busy); `timeout`, seconds for one cell; `progress(done, total)`, called after each run.

    Raises: UserError for what cannot be run at all: names that do not exist, no answers, a damaged notebook.
    """
    sources = {}
    for assignment in course.select(assignments):
        sources |= _read_assignment(course, assignment)
    everything = [each for source in sources.values() for each in source.exercises]
    chosen = _choose(everything, notebook, exercise)
    answers, problems = read_answers(course.answers, everything)

    rows = [_row_of_problem(course, each) for each in problems]
    rows = [row for row in rows if notebook in (None, row.notebook) and exercise in (None, row.exercise)]
    rows += _rows_of_too_few(chosen, answers)
    trials = [trial for source in sources.values() for trial in _trials(source, answers, chosen)]
    rows += _run(course, trials, repeat, jobs or rooms_at_once(), timeout, progress)

    order = {_where(each): place for place, each in enumerate(everything)}

    def place(row: Row) -> tuple:
        return row.key[:2], order.get(row.key[:3], len(order)), KINDS.index(row.kind), row.answer, row.repeat

    rows.sort(key=place)
    return Report(_mark_differing(rows), list(_notes(chosen, answers)))


def _read_assignment(course: Course, assignment: str) -> dict[tuple[str, str], _Source]:
    paths = sorted((course.source / assignment).glob("*.ipynb"))
    if not paths:
        raise UserError(f"source/{assignment}: no notebook here; put one with exercises into it")
    if not (course.answers / assignment).is_dir():
        raise UserError(
            f"answers/{assignment}: no such folder; it must hold right and wrong answers to each exercise of "
            f"source/{assignment}"
        )
    return {(assignment, path.stem): _read_source(course, path, assignment) for path in paths}


def _read_source(course: Course, path: Path, assignment: str) -> _Source:
    shown = path.relative_to(course.root).as_posix()
    notebook = read(path, shown)
    refs = [ExerciseRef.of(assignment, path.stem, each) for each in exercises(notebook)]
    belonging = [cell for ref in refs for cell in ref.tests]
    for cell in filter(is_test, notebook["cells"]):
        if belonging.count(grade_id(cell)) != 1:
            raise UserError(
                f"{shown}: the test cell {grade_id(cell) or cell.get('id')} needs a grade_id of its own that begins "
                "with the name of an exercise and a hyphen; `autograder release --check` says more"
            )
    solved = nbformat.from_dict({"metadata": {}, **notebook})
    return _Source(solved, _cleared(course, solved, shown), refs)


def _cleared(course: Course, solved: NotebookNode, shown: str) -> NotebookNode:
    """The notebook with its solutions cleared by nbgrader, by the course's settings; hidden tests are kept."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from nbgrader.preprocessors import ClearSolutions
    config = Config()
    if (course.root / "nbgrader_config.py").is_file():
        config = load_config(course)
    silent = logging.Logger("nbgrader", logging.CRITICAL + 1)
    try:
        return ClearSolutions(config=config, log=silent).preprocess(copy.deepcopy(solved), {})[0]
    except (RuntimeError, ValueError) as error:
        raise UserError(f"{shown}: nbgrader cannot clear its solutions: {error}") from None


def _choose(everything: list[ExerciseRef], notebook: str | None, exercise: str | None) -> list[ExerciseRef]:
    chosen = [each for each in everything if notebook in (None, each.notebook)]
    if not chosen:
        known = sorted({each.notebook for each in everything})
        raise UserError(f"no exercises in a notebook {notebook or ''}; there is: {', '.join(known) or 'none yet'}")
    known = [each.name for each in chosen]
    chosen = [each for each in chosen if exercise in (None, each.name)]
    if not chosen:
        raise UserError(f"no exercise {exercise}; there is: {', '.join(known)}")
    return chosen


def _row_of_problem(course: Course, problem: Problem) -> Row:
    kind = "right" if problem.name.startswith("right") else "wrong"
    where = (problem.assignment, problem.notebook, problem.exercise, kind, problem.name or problem.path.name)
    return Row(*where, ok=False, why=f"{problem.path.relative_to(course.root).as_posix()}: {problem.text}")


def _rows_of_too_few(chosen: list[ExerciseRef], answers: list[Answer]) -> Iterator[Row]:
    for each in chosen:
        for kind, least in (("right", LEAST_RIGHT), ("wrong", LEAST_WRONG)):
            count = sum(answer.kind == kind for answer in _answers_to(each, answers))
            if count < least:
                why = f"{count} {kind} answers; at least {least} must lie in answers/{'/'.join(_where(each))}"
                yield Row(*_where(each), kind, "", ok=False, why=why)


def _where(exercise: ExerciseRef) -> tuple[str, str, str]:
    return exercise.assignment, exercise.notebook, exercise.name


def _answers_to(exercise: ExerciseRef, answers: list[Answer]) -> list[Answer]:
    return [each for each in answers if (each.assignment, each.notebook, each.exercise) == _where(exercise)]


def _trials(source: _Source, answers: list[Answer], chosen: list[ExerciseRef]) -> Iterator[_Trial]:
    asked = [each for each in source.exercises if each in chosen]
    if not asked:
        return
    assignment = asked[0].assignment
    free = _free_cells(source.solved)
    yield _Trial(assignment, source.stub, "stub", [(each, _judge_of_stub(each, free, source.stub)) for each in asked])
    yield _Trial(assignment, source.solved, "solution", [(each, _judge_of_right(each, free)) for each in asked])
    for each in asked:
        for answer in _answers_to(each, answers):
            judge = _judge_of_right(each, {}) if answer.kind == "right" else _judge_of_wrong(each, answer)
            yield _Trial(assignment, _with_answer(source, each, answer), answer.kind, [(each, judge)], answer)


def _free_cells(notebook: NotebookNode) -> dict[str, str]:
    """For each code cell without a grade_id, by its cell id: the exercise it stands in, or the first one."""
    names = [each for each in map(grade_id, notebook.cells) if each]
    exercise = names[0].partition("-")[0] if names else ""
    owner = {}
    for cell in notebook.cells:
        if grade_id(cell):
            exercise = grade_id(cell).partition("-")[0]
        elif cell.cell_type == "code":
            owner[cell.get("id", "")] = exercise
    return owner


def _with_answer(source: _Source, exercise: ExerciseRef, answer: Answer) -> NotebookNode:
    """The stub's cells that belong to no exercise and those of this one, the answer in the solution cell."""
    notebook = copy.deepcopy(source.stub)
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    wanted = ("", exercise.name, *exercise.tests)
    notebook.cells = [cell for cell in cells if grade_id(cell) in wanted]
    fill_in(notebook, exercise.name, answer.code)
    return notebook


def _judge_of_stub(exercise: ExerciseRef, free: dict[str, str], stub: NotebookNode) -> Callable[[Execution], list[str]]:
    solution = next(cell for cell in stub.cells if grade_id(cell) == exercise.name)

    def judge(execution: Execution) -> list[str]:
        wrong = _cut_off(execution)
        if not exercise.tests:
            wrong.append(f"the exercise has no test cell; cells {exercise.name}-... were expected")
        written = _syntax_error_in_module(solution)
        if written:
            wrong.append(f"cell {exercise.name}: expected Python, but the module that it writes has {written}")
        for cell, outcome in {**_others(exercise, free, execution), **_tests(exercise, execution)}.items():
            if outcome.ename in SYNTAX_ERRORS:
                wrong.append(f"cell {cell}: expected no syntax error in what students get, but it has{_says(outcome)}")
            elif outcome.ename == "CellTimeout":
                wrong.append(f"cell {cell}: expected to come to an end, but it was {outcome.message}")
            elif cell in exercise.tests and outcome.passed:
                wrong.append(f"cell {cell}: expected to fail on the stub, but it passed, so it cannot fail")
        return wrong

    return judge


def _syntax_error_in_module(cell: NotebookNode) -> str:
    magic = magic_of(cell)
    if magic.startswith("%%writefile") and magic.rstrip().endswith(".py"):
        try:
            compile(cell.source.removeprefix(magic), cell.id, "exec", dont_inherit=True)
        except SyntaxError as error:
            return f"{type(error).__name__}: {error.msg}, line {error.lineno}"
    return ""


def _judge_of_right(exercise: ExerciseRef, free: dict[str, str]) -> Callable[[Execution], list[str]]:
    """A judge of what must pass; it also answers for the cells in `free` that stand in this exercise."""

    def judge(execution: Execution) -> list[str]:
        cells = {**_others(exercise, free, execution), **_tests(exercise, execution)}
        return _cut_off(execution) + [
            f"cell {cell}: expected to pass, but it failed:{_says(outcome)}"
            for cell, outcome in cells.items()
            if not outcome.passed
        ]

    return judge


def _judge_of_wrong(exercise: ExerciseRef, answer: Answer) -> Callable[[Execution], list[str]]:
    def judge(execution: Execution) -> list[str]:
        wrong = []
        own = execution.others.get(exercise.name, CellOutcome(True))
        if own.ename in SYNTAX_ERRORS:
            wrong.append(f"cell {exercise.name}: expected Python, but it has{_says(own)}")
        for cell, outcome in _tests(exercise, execution).items():
            words = answer.fails.get(cell)
            if words is None:
                if not outcome.passed:
                    wrong.append(f"cell {cell}: expected to pass, but it failed:{_says(outcome)}")
            elif outcome.passed:
                wrong.append(f"cell {cell}: expected to fail with the words {words!r}, but it passed")
            elif outcome.ename in SYNTAX_ERRORS:
                wrong.append(f"cell {cell}: expected to fail by what the code does, but it has{_says(outcome)}")
            elif words not in outcome.text:
                wrong.append(f"cell {cell}: expected to fail with the words {words!r}, but it said:{_says(outcome)}")
        return wrong

    return judge


def _cut_off(execution: Execution) -> list[str]:
    return [f"cell {name}: expected to leave its kernel alive, but {why}" for name, why in execution.restarts.items()]


def _others(exercise: ExerciseRef, free: dict[str, str], execution: Execution) -> dict[str, CellOutcome]:
    """Outcomes of the solution cell and of the cells in `free` that stand in this exercise."""
    own = {exercise.name, *(cell for cell, owner in free.items() if owner == exercise.name)}
    return {cell: outcome for cell, outcome in execution.others.items() if cell in own}


def _tests(exercise: ExerciseRef, execution: Execution) -> dict[str, CellOutcome]:
    return {cell: execution.outcomes[cell] for cell in exercise.tests}


def _says(outcome: CellOutcome) -> str:
    return "".join(f"\n    {line}" for line in outcome.text.splitlines())


def _run(
    course: Course,
    trials: list[_Trial],
    repeat: int,
    jobs: int,
    timeout: float,
    progress: Callable[[int, int], None],
) -> list[Row]:
    rows: list[Row] = []
    total = len(trials) * repeat
    progress(0, total)
    files = {trial.assignment: files_beside(course.source / trial.assignment) for trial in trials}
    pool = ThreadPoolExecutor(jobs)
    try:
        with Rooms(jobs) as rooms:
            running = {
                pool.submit(_try, rooms, trial, files[trial.assignment], number, timeout)
                for number in range(1, repeat + 1)
                for trial in trials
            }
            while running:
                done, running = wait(running, return_when=FIRST_COMPLETED)
                for each in done:
                    rows += each.result()
                progress(total - len(running), total)
    except RoomError as error:
        raise UserError(str(error)) from None
    finally:
        pool.shutdown(cancel_futures=True)
    return rows


def _try(rooms: Rooms, trial: _Trial, files: dict[str, bytes], number: int, timeout: float) -> list[Row]:
    """Run one notebook in a folder of its own that holds the assignment's files."""
    begin = time.perf_counter()
    execution = rooms.execute(trial.notebook, files, timeout=timeout)
    seconds = round(time.perf_counter() - begin, 3)
    rows = []
    for exercise, judge in trial.judges:
        wrong = judge(execution)
        rows.append(
            Row(
                *_where(exercise),
                trial.kind,
                trial.answer.name if trial.answer else "",
                ok=not wrong,
                why="\n".join(wrong),
                repeat=number,
                seconds=seconds,
                misconceptions=trial.answer.misconceptions if trial.answer else (),
                cells=_tests(exercise, execution),
            )
        )
    return rows


def _mark_differing(rows: list[Row]) -> list[Row]:
    """The rows, where the first one of those whose verdicts differ between repeats is made a surprise that says so."""
    passed: dict[tuple, list[tuple[str, ...]]] = {}
    for row in rows:
        passed.setdefault(row.key, []).append(tuple(cell for cell, outcome in row.cells.items() if outcome.passed))
    marked = []
    for row in rows:
        runs = passed.pop(row.key, [])
        if len(set(runs)) > 1:
            counts = Counter(cell for run in runs for cell in run)
            unsteady = [cell for cell in row.cells if 0 < counts[cell] < len(runs)]
            why = [
                f"cell {cell}: expected one verdict, but it passed {counts[cell]} of {len(runs)} times"
                for cell in unsteady
            ]
            row = replace(row, ok=False, why="\n".join([*why, row.why]).strip())
        marked.append(row)
    return marked


def _notes(chosen: list[ExerciseRef], answers: list[Answer]) -> Iterator[str]:
    for each in chosen:
        named = {cell for answer in _answers_to(each, answers) for cell in answer.fails}
        for cell in each.tests:
            if named and cell not in named:
                yield f"{'/'.join(_where(each)[:2])}: no wrong answer fails the test cell {cell}"


def run_verify(
    course: Course,
    assignments: Iterable[str] = (),
    *,
    notebook: str | None = None,
    exercise: str | None = None,
    repeat: int = 1,
    jobs: int | None = None,
    json_to: str | None = None,
    timeout: float = 60,
) -> int:
    """What `autograder verify` does: run, show, write; returns the exit code, 0 only if nothing is a surprise.

    Parameters: as for `verify`; `json_to`, the file for the rows, or `-` for stdout, which then holds nothing else.

    Raises: UserError; OSError, where a file cannot be written.
    """
    check_result_file(json_to)
    with progress_bar("running") as bar:
        task = bar.add_task("")
        report = verify(
            course,
            assignments,
            notebook=notebook,
            exercise=exercise,
            repeat=repeat,
            jobs=jobs,
            timeout=timeout,
            progress=lambda done, total: bar.update(task, completed=done, total=total),
        )
    text = json.dumps([asdict(row) for row in report.rows], indent=1) + "\n"
    if json_to:
        write_result(json_to, text)
    if json_to == STDOUT:
        show_surprises(report, Console(stderr=True, highlight=False))
    else:
        show(report, repeat)
    return 1 if report.surprises else 0


def show(report: Report, repeat: int = 1) -> None:
    """Print the table, the notes, the surprises and a last line with the counts."""
    console = output()
    table: Table | None = None
    last: tuple[str, ...] = ()
    for key, rows in _by_key(report.rows).items():
        if key[:2] != last[:2]:
            if table:
                console.print(table)
            table = Table("exercise", "kind", "answer", "passed", "seconds", "verdict", title="/".join(key[:2]))
            table.columns[3].justify = table.columns[4].justify = "right"
        if last and key[:3] != last[:3]:
            table.add_section()
        name = Text("" if key[:3] == last[:3] else key[2])
        last = key
        bad = sum(not row.ok for row in rows)
        verdict = Text("ok", "green") if not bad else Text(_how_often("SURPRISE", bad, len(rows)), "bold red")
        cells = rows[0].cells.values()
        passed = f"{sum(each.passed for each in cells)} of {len(cells)}" if cells else ""
        seconds = f"{sum(row.seconds for row in rows) / len(rows):.2f}" if cells else ""
        table.add_row(name, key[3], Text(key[4]), passed, seconds, verdict)
    if table:
        console.print(table)
    for note in report.notes:
        console.print(Text(f"note: {note}"))
    show_surprises(report, console)
    runs = f", each {repeat} times" if repeat > 1 else ""
    count = len({row.key for row in report.surprises})
    surprises = f"{count or 'no'} surprise{'s' * (count != 1)}"
    console.print(Text(f"\n{len({row.key for row in report.rows})} verdicts{runs}: {surprises}"))


def show_surprises(report: Report, console: Console) -> None:
    """Print each surprise once: which answer, and which cell was expected to do what but did something else."""
    total = Counter(row.key for row in report.rows)
    for key, rows in _by_key(report.surprises).items():
        console.print(Text(f"\nSURPRISE {' '.join(filter(None, ['/'.join(key[:3]), *key[3:]]))}", "bold red"))
        for why, times in Counter(row.why for row in rows).items():
            if total[key] > 1:
                console.print(Text(f"  {times} of {total[key]} times:"))
            console.print(Text(textwrap.indent(why, "    ")), soft_wrap=True)


def _by_key(rows: list[Row]) -> dict[tuple[str, ...], list[Row]]:
    groups: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        groups.setdefault(row.key, []).append(row)
    return groups


def _how_often(word: str, times: int, total: int) -> str:
    return word if total == 1 else f"{word} ({times} of {total})"
