"""How far a student has come, read from the saved notebooks: nothing is run.

In a notebook `from autograder.progress import progress; progress()` shows a table; `autograder progress` prints it.
"""

from __future__ import annotations

import hashlib
import html
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from autograder.errors import UserError
from autograder.notebooks import Cell, exercises, find_notebooks, grade_id, mark_of, read

UNTOUCHED, BEGUN, PASSES = "untouched", "begun", "passes"
SIGNS = {UNTOUCHED: "○", BEGUN: "◐", PASSES: "●"}
LEGEND = "● its visible tests pass · ◐ begun · ○ untouched (as last saved)"


@dataclass(frozen=True)
class Progress:
    """One exercise.

    `state`: `untouched`, `begun` or `passes`; the names of its visible tests: those that `passed` and those that
    `failed` when they were last run, and those not run (`unrun`) since the answer was.
    """

    assignment: str
    notebook: str
    exercise: str
    state: str
    passed: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()
    unrun: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """The exercise's name with its sign and, while it does not pass, how many of its tests do."""
        count = f" {len(self.passed)}/{len(self.passed + self.failed + self.unrun)}" if self.state == BEGUN else ""
        return f"{SIGNS[self.state]} {self.exercise}{count}"


class Table:
    """What was found, as a notebook and a terminal show it; `problems`, a line for each notebook that is unreadable."""

    def __init__(self, found: list[Progress], problems: list[str]) -> None:
        self.exercises, self.problems = found, problems

    @property
    def summary(self) -> str:
        """How many exercises pass, and how many are begun, in a sentence."""
        states = [each.state for each in self.exercises]
        done, begun = states.count(PASSES), states.count(BEGUN)
        return f"{done} of {len(states)} exercises pass their visible tests, {begun} more begun."

    def rows(self) -> Iterable[tuple[str, list[Progress]]]:
        """Each notebook with its exercises."""
        for name, group in groupby(self.exercises, lambda each: f"{each.assignment}/{each.notebook}"):
            yield name, list(group)

    def as_json(self) -> list[dict[str, Any]]:
        """As programs read it."""
        return [asdict(each) for each in self.exercises]

    def __str__(self) -> str:
        rows = list(self.rows())
        width = max((len(name) for name, _ in rows), default=0)
        lines = [f"{name:{width}}  {'  '.join(each.label for each in group)}" for name, group in rows]
        return "\n".join([*lines, "", self.summary, LEGEND])

    def __repr__(self) -> str:
        return "\n".join([str(self), *self.problems])

    def _repr_html_(self) -> str:
        # No colours of its own: text and lines are those of the theme.
        cell = "text-align:left;padding:.3em .8em .3em 0;vertical-align:top"
        rows = "".join(
            f'<tr><td style="{cell}">{html.escape(name)}</td><td style="{cell}">'
            + " ".join(
                f'<span title="{html.escape(_told(each))}" style="display:inline-block;margin-right:1em;'
                f'opacity:{0.65 if each.state == UNTOUCHED else 1}">{html.escape(each.label)}</span>'
                for each in group
            )
            + "</td></tr>"
            for name, group in self.rows()
        )
        notes = "".join(f"<br>{html.escape(line)}" for line in (LEGEND, *self.problems))
        return f"<table>{rows}</table><p><b>{html.escape(self.summary)}</b>{notes}</p>"


def _told(each: Progress) -> str:
    groups = (("passed", each.passed), ("failed", each.failed), ("not run since the answer was", each.unrun))
    return "; ".join(f"{what}: {', '.join(names)}" for what, names in groups if names)


def progress(folder: Path | str = ".") -> Table:
    """What has become of each exercise of the course that the folder lies in.

    Parameters: `folder`, any in the course, which is known by its folder release/; of another folder, the notebooks in
    it and below.

    Raises: UserError if there are no exercises.
    """
    start = Path(folder).resolve()
    if not start.is_dir():
        raise UserError(f"{folder}: no such folder; name the one with the course's notebooks")
    course = next((each for each in (start, *start.parents) if (each / "release").is_dir()), None)
    top = course / "release" if course else start
    found: list[Progress] = []
    problems: list[str] = []
    for path in find_notebooks(top):
        try:
            found += _in_notebook(path, path.relative_to(top))
        except UserError as error:
            problems += error.lines
    if not found:
        raise UserError(*problems or [f"{top}: no exercises here; go to the course's folder, which holds release/"])
    return Table(found, problems)


def _in_notebook(path: Path, name: Path) -> Iterable[Progress]:
    # A student's file may well be damaged; git, which the reader's usual advice names, is not what a student has.
    try:
        notebook = read(path, name.as_posix())
    except UserError as error:
        raise UserError(f"{str(error).partition(';')[0]}; take this file from the course's archive again") from None
    for exercise in exercises(notebook):
        answered = _count(exercise.solution)
        passed, failed, unrun = [], [], []
        for test in filter(_is_visible, exercise.tests):
            count = _count(test)
            if not count or count < answered:
                unrun.append(grade_id(test))
            else:
                (failed if _has_failed(test) else passed).append(grade_id(test))
        if _is_untouched(exercise.solution):
            yield Progress(_assignment(name), name.stem, exercise.name, UNTOUCHED, unrun=(*passed, *failed, *unrun))
        else:
            state = PASSES if passed and not (failed or unrun) else BEGUN
            yield Progress(
                _assignment(name), name.stem, exercise.name, state, tuple(passed), tuple(failed), tuple(unrun)
            )


def _assignment(name: Path) -> str:
    return name.parent.as_posix()


def _is_visible(test: Cell) -> bool:
    return any(line.strip() and not line.lstrip().startswith("#") for line in test["source"].splitlines())


def _count(cell: Cell) -> int:
    count = cell.get("execution_count")
    return count if isinstance(count, int) else 0


def _has_failed(cell: Cell) -> bool:
    outputs = cell.get("outputs")
    return isinstance(outputs, list) and any(
        isinstance(each, dict) and each.get("output_type") == "error" for each in outputs
    )


def _is_untouched(cell: Cell) -> bool:
    """Whether an answer is as it was released: nbgrader has left its checksum there."""
    mark = mark_of(cell)
    grade = bool(mark.get("grade"))
    points = str(float(mark.get("points") or 0)) if grade else ""
    parts = cell["source"], cell["cell_type"], str(grade), "True", str(bool(mark.get("locked"))), grade_id(cell), points
    return hashlib.md5("".join(parts).encode(), usedforsecurity=False).hexdigest() == mark.get("checksum")
