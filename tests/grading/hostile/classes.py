"""Grades classes of samples by the real engine, in sealed rooms, and finds what went otherwise than deserved.

A class is a temporary course with one assignment, in which honest submissions stand between the samples: what happens
to them, to the files of the course and to what processes are left tells of harm that no sample's own result shows.
"""

from __future__ import annotations

import ctypes
import hashlib
import json
import os
import re
import select
import shutil
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest import mock

from autograder.authoring.answers import ExerciseRef, read_answers
from autograder.authoring.release import release
from autograder.course import Course
from autograder.grading import engine
from autograder.grading.command import grade_into_gradebook
from autograder.grading.results import FLAGGED, REFUSED, NotebookResult
from autograder.notebooks import HIDDEN, exercise_of, exercises, grade_id, is_test, read, split_region, to_bytes
from tests.grading.hostile import damaged, forging, killing, looking, odd, unreadable, writing
from tests.grading.hostile.samples import COURSE, FULL, NOTHING, Desk, Sample

FAMILIES = (forging, killing, looking, writing, damaged, unreadable, odd)
HONEST = "honest"
BETWEEN = 8  # samples between two honest submissions
SECONDS, SLOW_SECONDS = 15, 4  # that a cell may take, where none hangs and where some do
END_SECONDS = 10  # for what was killed to be gone
SHORTEST_LINE = 12  # characters of a hidden test's line that tells something
LEFT = "LEFT BY ANOTHER"  # printed by samples that find what another submission has left
_PR_SET_CHILD_SUBREAPER = 36  # linux/prctl.h

Samples = list[tuple[str, Sample]]  # with the names of their families


@dataclass
class Finding:
    """How one sample ended.

    `outcome`: `stopped`, as it deserves; `flagged`, withheld for a person to look at; `forged`, marks that
    it does not deserve; `harmed`, itself, others or the machine; `ungraded`. `why` says what was found.
    """

    notebook: str
    family: str
    name: str
    outcome: str = "stopped"
    why: str = ""
    result: NotebookResult | None = field(default=None, repr=False)


def corpus(quick: bool = False) -> Iterator[tuple[str, Sample]]:
    """All samples, or only the quick part, each with the name of its family."""
    for module in FAMILIES:
        for sample in module.SAMPLES:
            if sample.quick or not quick:
                yield module.__name__.rpartition(".")[2], sample


def number_of_submissions(samples: Samples) -> int:
    """How many submissions `run` grades for these samples, with the honest ones among them."""
    sizes = Counter(sample.slow for _, sample in samples).values()
    return sum(size + -(-size // BETWEEN) + 1 for size in sizes)


def run(
    project: Course,
    notebook: str,
    samples: Samples,
    *,
    only: Iterable[str] = (),
    jobs: int = 2,
    progress: Callable[[], None] = lambda: None,
) -> list[Finding]:
    """Grade the samples in classes over one notebook; a finding for each, and one for each harm to an honest one.

    Parameters: `project`, the real course; `notebook`, such as `02_pools/thread_pools`; `only`, the exercises that are
    kept of it; `progress()`, called after each submission.
    """
    findings = []
    for slow in (False, True):
        chosen = [(family, sample) for family, sample in samples if sample.slow == slow]
        if chosen:
            seconds = SLOW_SECONDS if slow else SECONDS
            findings += _run_class(project, notebook, chosen, set(only), jobs, seconds, progress)
    return findings


def _run_class(
    project: Course,
    notebook: str,
    samples: Samples,
    only: set[str],
    jobs: int,
    seconds: float,
    progress: Callable[[], None],
) -> list[Finding]:
    with tempfile.TemporaryDirectory(prefix="hostile-") as base, _subreaper():
        course = Course(Path(base, "course"))
        desk = _set_up(project, course, notebook, only)
        known = _hand_in(course, desk, samples)
        before, children = _state(Path(base)), _descendants()
        with _temporary_folder(Path(base, "tmp")), mock.patch.object(engine, "SECONDS", seconds):
            results = grade_into_gradebook(
                course,
                desk.assignment,
                jobs=jobs,
                sealed=True,
                progress=lambda done, total: progress() if done else None,
            )
        harm = _changed(before, _state(Path(base)), known)
        harm += [f"a process is left: {_command(pid)}" for pid in _descendants() - children if not _ends(pid)]
        return _judge(course, desk, known, {result.student: result for result in results}, harm)


def _set_up(project: Course, course: Course, notebook: str, only: set[str]) -> Desk:
    """A course with this notebook alone, of which only some exercises are kept."""
    assignment, _, name = notebook.partition("/")
    folder = course.source / assignment
    shutil.copytree(project.source / assignment, folder, ignore=shutil.ignore_patterns(".*", "*.ipynb", "*.py"))
    shutil.copy(project.root / "nbgrader_config.py", course.root)
    source = read(project.source / assignment / f"{name}.ipynb")
    source["cells"] = [
        cell for cell in source["cells"] if not only or not exercise_of(cell) or exercise_of(cell) in only
    ]
    (folder / f"{name}.ipynb").write_bytes(to_bytes(source))
    release(course)
    references = [ExerciseRef.of(assignment, name, each) for each in exercises(source)]
    answers, _ = read_answers(project.answers, references)
    right = {}
    for answer in answers:
        if answer.kind == "right" and answer.notebook == name:
            right.setdefault(answer.exercise, answer.code)
    tests = tuple(grade_id(cell) for cell in source["cells"] if is_test(cell))
    released = read(course.release / assignment / f"{name}.ipynb")
    return Desk(assignment, name, released, right, tests)


def _hand_in(course: Course, desk: Desk, samples: Samples) -> dict[str, tuple[str, Sample] | None]:
    """Put everything into `submitted/`; whose is what, None for the honest ones."""
    known: dict[str, tuple[str, Sample] | None] = {}
    honest = Sample(HONEST, lambda desk: desk.files(desk.book()), FULL)
    for number, pair in enumerate(samples):
        if number % BETWEEN == 0:
            _lay(course, desk, honest, HONEST + "-first" if number == 0 else f"s{number:03}-{HONEST}", known)
        slug = re.sub(r"\W+", "-", pair[1].name).strip("-")
        _lay(course, desk, pair[1], f"s{number:03}-{slug}"[:60], known, pair)
    _lay(course, desk, honest, f"z-{HONEST}", known)
    return known


def _lay(course: Course, desk: Desk, sample: Sample, student: str, known: dict[str, Any], pair: Any = None) -> None:
    known[student] = pair
    folder = course.root / "submitted" / student / desk.assignment
    folder.mkdir(parents=True)
    place = json.dumps(COURSE)[1:-1].encode(), json.dumps(repr(str(course.root)))[1:-1].encode()
    for name, content in sample.make(desk).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content.replace(*place))
    if sample.lay:
        sample.lay(folder, course.root)


def _judge(
    course: Course,
    desk: Desk,
    known: dict[str, tuple[str, Sample] | None],
    results: dict[str, NotebookResult],
    harm: list[str],
) -> list[Finding]:
    findings = [Finding(desk.name, HONEST, "the class", "harmed", each) for each in harm]
    book, secrets = _gradebook(course), _secret_lines(course, desk)
    for student, pair in known.items():
        family, sample = pair or (HONEST, Sample(student, lambda desk: {}, FULL))
        result = results.get(student)
        finding = Finding(desk.name, family, sample.name, result=result)
        if result is None:
            finding.outcome, finding.why = "ungraded", "no result"
        else:
            finding.outcome, finding.why = _outcome(sample, result, book.get(student))
            told = _told(course, desk, student, result)
            leaks = [line for line in (*secrets, LEFT) if line in told]
            if leaks:
                finding.outcome, finding.why = "harmed", f"tells a hidden line: {leaks[0]!r} ({len(leaks)} of them)"
        if pair or finding.outcome != "stopped":
            if not pair:
                finding.outcome = "harmed"
            findings.append(finding)
    return findings


def _outcome(sample: Sample, result: NotebookResult, stored: float | None) -> tuple[str, str]:
    """What became of a sample, and why that is not what it deserves, if it is not."""
    if result.status == FLAGGED:
        if result.points or stored:
            return "harmed", "it is flagged, and its points are not withheld"
        return ("flagged", result.why) if sample.withheld else ("harmed", f"flagged: {result.why}")
    if stored != result.points:
        return "harmed", f"{result.points:g} points were given, and {stored} are in the gradebook"
    if sample.refused:
        if result.status == REFUSED and not result.points and result.why:
            return "stopped", result.why
        return "harmed", f"{result.status} with {result.points:g} points, and not refused"
    if result.status == REFUSED:
        return "harmed", f"refused: {result.why}"
    for name, cell in result.cells.items():
        deserved = sample.deserves == FULL or (
            sample.deserves != NOTHING and name.partition("-")[0] not in sample.deserves
        )
        if cell.points > (cell.max_points if deserved else 0):
            return "forged", f"{name} passed"
        if deserved and not cell.passed:
            return "harmed", f"{name} failed: {cell.message[:300]}"
    return "stopped", ""


def _gradebook(course: Course) -> dict[str, float]:
    """The points of each student, as nbgrader's database has them."""
    with sqlite3.connect(f"file:{course.root}/gradebook.db?mode=ro", uri=True) as book:
        rows = book.execute(
            "select submitted_assignment.student_id, sum(coalesce(grade.manual_score, grade.auto_score, 0)) from grade "
            "join submitted_notebook on grade.notebook_id = submitted_notebook.id "
            "join submitted_assignment on submitted_notebook.assignment_id = submitted_assignment.id group by 1"
        )
        return dict(rows.fetchall())


def _secret_lines(course: Course, desk: Desk) -> list[str]:
    """The lines of hidden tests that nobody could know."""
    public = json.dumps([cell["source"] for cell in desk.released["cells"]], ensure_ascii=False)
    lines = []
    for cell in read(course.source / desk.assignment / f"{desk.name}.ipynb")["cells"]:
        if is_test(cell):
            lines += [line.strip() for line in split_region(cell["source"], HIDDEN)[0]]
    told = {json.dumps(line, ensure_ascii=False)[1:-1]: line for line in lines if len(line) >= SHORTEST_LINE}
    return [line for coded, line in told.items() if coded not in public]


def _told(course: Course, desk: Desk, student: str, result: NotebookResult) -> str:
    """All texts that were kept of a submission, but for the sources of cells."""
    texts = [result.why, *(cell.message for cell in result.cells.values())]
    for path in sorted((course.root / "autograded" / student).rglob("*")):
        if path.suffix == ".ipynb":
            book = json.loads(path.read_bytes())
            texts += _texts([book["metadata"], [[cell.get("outputs"), cell["metadata"]] for cell in book["cells"]]])
        elif path.is_file():
            texts.append(path.read_bytes().decode(errors="replace"))
    return "\n".join(texts)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)
    elif isinstance(value, dict):
        for key, each in value.items():
            yield key
            yield from _texts(each)


def _state(base: Path) -> dict[str, str]:
    """What each file in and below a folder holds, and what samples may have left in places that all share."""
    found = {}
    for folder, folders, names in os.walk(base):
        for name in (*names, *(each for each in folders if os.path.islink(os.path.join(folder, each)))):
            path = Path(folder, name)
            if path.is_symlink():
                found[str(path)] = os.readlink(path)
            elif path.is_file() and path.stat().st_size < 2**30:
                found[str(path)] = hashlib.sha256(path.read_bytes()).hexdigest()
            else:
                found[str(path)] = "there"
    for shared in ("/tmp", "/dev/shm", "/var/tmp"):
        for name in ("hidden", "left", "big", "escape", "link", "evil.pth"):
            if os.path.lexists(os.path.join(shared, name)):
                found[os.path.join(shared, name)] = "there"
    return found


def _changed(before: dict[str, str], after: dict[str, str], known: Iterable[str]) -> list[str]:
    """Which files are others than before, but for those that grading writes."""
    own = re.compile(r"/course/(gradebook\.db$|autograded/(" + "|".join(map(re.escape, known)) + r")/[^/]+/[^/]+$)")
    names = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    return sorted(f"a file changed: {name}" for name in names if not own.search(name))


@contextmanager
def _subreaper() -> Iterator[None]:
    """Whatever a room leaves behind becomes a child of this process, and can be seen."""
    libc = ctypes.CDLL(None)
    libc.prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    try:
        yield
    finally:
        libc.prctl(_PR_SET_CHILD_SUBREAPER, 0, 0, 0, 0)


def _descendants() -> set[int]:
    """The processes that this one has started, and those that they have."""
    parents = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                fields = Path("/proc", name, "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if fields[0] != "Z":
                parents[int(name)] = int(fields[1])
    found, new = set(), {os.getpid()}
    while new:
        new = {pid for pid, parent in parents.items() if parent in new} - found
        found |= new
    return found


def _ends(pid: int) -> bool:
    """Whether a process comes to its end by itself; one that was killed may take its time to go."""
    try:
        descriptor = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    with open(descriptor, "rb") as ended:
        return bool(select.select([ended], [], [], END_SECONDS)[0])


def _command(pid: int) -> str:
    try:
        return Path("/proc", str(pid), "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")[:200]
    except OSError:
        return f"{pid}, which has ended since"


@contextmanager
def _temporary_folder(folder: Path) -> Iterator[None]:
    """Rooms make their folders here."""
    folder.mkdir()
    before, tempfile.tempdir = tempfile.tempdir, str(folder)
    try:
        yield
    finally:
        tempfile.tempdir = before
