"""Runs a notebook's code cells in a room and tells what became of each: a notebook in, a notebook and facts out.

Every cell gets its turn. One that takes too long, or ends its interpreter, costs itself only: a fresh interpreter is
entered, the student's own cells are run again there, and the next cell goes on.
"""

from __future__ import annotations

import copy
import math
import os
import secrets
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import takewhile
from queue import LifoQueue
from types import TracebackType
from typing import Any, Self

from nbformat import NotebookNode, ValidationError, from_dict
from nbformat.v4 import new_output

from autograder.grading.frames import LONGEST_TEXT
from autograder.grading.hidden import HiddenLines
from autograder.grading.room import End, Room, RoomError

SHORTEST_TIMEOUT = 5  # seconds that a cell may take, however many took too long before it
BUDGET = 10  # times what one cell may take: what all cells of a notebook may take together ...
SHORTEST_BUDGET = 60  # ... or so many seconds
MOST_SHOWN = 5_000_000  # characters of all that a cell shows ...
MOST_SHOWN_TOGETHER = 10_000_000  # ... and of all that the cells of a notebook show
ITEM = 100  # characters that each value in a list or a table counts for besides its own, since it takes up memory
LONGEST_ASIDE = 2_000  # characters that are kept of why a cell failed that is no test
MOST_OUTPUTS = 1000
DEEPEST = 50  # lists and tables within each other, in what is displayed
# The last line of a test cell. IPython shows this kind of error without going through the stack, which takes longer.
PROVE = "raise __import__('autograder.checks.failure', fromlist=['CheckFailed']).CheckFailed('{}')\n"
ENDED = ("CellTimeout", "DeadKernel")  # names of errors of cells that have ended their interpreter
NO_END = "the test cell did not come to its end, and yet no error was told: something keeps errors from being told"


@dataclass(frozen=True)
class CellOutcome:
    """What became of one code cell; `ename` and `message` are empty when it passed."""

    passed: bool
    message: str = ""
    ename: str = ""

    @property
    def text(self) -> str:
        """What there is to say of a cell that failed, on one or more lines."""
        return f"{self.ename}: {self.message}" if self.message else self.ename


@dataclass(frozen=True)
class Execution:
    """The notebook with outputs; outcomes of graded test cells by grade_id, of other code cells by grade_id or cell id.

    `restarts` says for each cell that ended its interpreter how it did; `doubts`, why the interpreter cannot be
    believed, if there is anything.
    """

    notebook: NotebookNode
    outcomes: dict[str, CellOutcome]
    others: dict[str, CellOutcome]
    restarts: dict[str, str] = field(default_factory=dict)
    doubts: list[str] = field(default_factory=list)


def rooms_at_once() -> int:
    """How many rooms keep the cores of this machine busy: cells wait half of their time, for processes and brokers."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return cores + (cores + 1) // 2


class Rooms:
    """Several rooms, for as many threads that execute at the same time. Use as a context manager.

    Parameters: `number` of rooms; `sealed`, whether they are sandboxes.
    """

    def __init__(self, number: int, *, sealed: bool = False) -> None:
        self._sealed = sealed
        self._free: LifoQueue[Room | None] = LifoQueue()
        for _ in range(number):
            self._free.put(None)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        while not self._free.empty():
            if room := self._free.get():
                room.close()

    def execute(
        self, notebook: NotebookNode, files: Mapping[str, bytes] | None = None, *, timeout: float = 60
    ) -> Execution:
        """Execute in the next room that is free; a room that fails is replaced once. Raises RoomError."""
        room = self._free.get()
        try:
            try:
                room = room or Room(sealed=self._sealed)
                return execute(notebook, room, files, timeout=timeout)
            except RoomError:
                if room:
                    room.close()
                room = Room(sealed=self._sealed)
                return execute(notebook, room, files, timeout=timeout)
        except BaseException:
            if room:
                room.close()
            room = None
            raise
        finally:
            self._free.put(room)


def execute(
    notebook: NotebookNode, room: Room, files: Mapping[str, bytes] | None = None, *, timeout: float = 60
) -> Execution:
    """Run all code cells in order in a fresh interpreter of the room, on after errors.

    Parameters: `notebook`, which is not changed; `files`, what the working folder holds, by relative path; `timeout`,
    seconds that one cell may take. A cell that takes longer fails with ename `CellTimeout`, one whose interpreter
    ends with `DeadKernel`; in a fresh one the cells before it that are no test cells are run again, but for those
    that ended one. A test cell passes when it came to its end, where we let it raise an error that nobody can know
    beforehand; that a cell ended without an error says nothing. What it prints decides nothing, nor do its tags.
    When all cells together, those that are run again among them, have taken ten times as long as one may, the others
    fail without being run. Lines of hidden tests are in no output and no message.

    Raises: RoomError.
    """
    run = _Run(room, files or {}, timeout)
    notebook = copy.deepcopy(notebook)
    outcomes: dict[str, CellOutcome] = {}
    others: dict[str, CellOutcome] = {}
    for index, cell in enumerate(notebook.cells):
        if cell.cell_type == "code":
            name, graded = _name(cell, index), cell.metadata.get("nbgrader", {}).get("grade", False)
            (outcomes if graded else others)[name] = run.cell(cell, name, graded=graded)
    run.leave()
    hidden = HiddenLines(cell.source for cell in notebook.cells if cell.cell_type == "code")
    for cell in notebook.cells:
        if cell.get("outputs"):
            cell.outputs = from_dict(hidden.left_out(cell.outputs))
    outcomes, others = (
        {name: replace(each, message=hidden.left_out(each.message)) for name, each in some.items()}
        for some in (outcomes, others)
    )
    return Execution(notebook, outcomes, others, run.restarts, hidden.left_out(run.doubts))


def _name(cell: NotebookNode, index: int) -> str:
    return cell.metadata.get("nbgrader", {}).get("grade_id") or cell.get("id") or f"#{index}"


class _Run:
    """One notebook's way through its interpreters."""

    def __init__(self, room: Room, files: Mapping[str, bytes], timeout: float) -> None:
        self._room, self._files, self._timeout, self._shortest = room, files, timeout, min(timeout, SHORTEST_TIMEOUT)
        self._budget = max(BUDGET * timeout, SHORTEST_BUDGET)
        self._until = time.monotonic() + self._budget
        self._again: list[tuple[str, str]] = []
        self._shown = _Shown()
        self._whole = False
        self.restarts: dict[str, str] = {}
        self.doubts: list[str] = []

    def cell(self, cell: NotebookNode, name: str, *, graded: bool) -> CellOutcome:
        """Run one cell and put its outputs into it; a fresh interpreter must run it too, unless it is `graded`."""
        cell.outputs, cell.execution_count = [], None
        if not cell.source.strip():
            return CellOutcome(True)
        self._enter()
        if self._is_late or not self._whole:
            return CellOutcome(False, f"not run: the cells before it took {self._budget:g} s together", "CellTimeout")
        outputs = _Outputs(cell, self._shown)
        proof = secrets.token_hex(16) if graded and not cell.source.startswith("%%") else ""
        source = f"{cell.source}\n\n{PROVE.format(proof)}" if proof else cell.source
        end = self._room.run(cell.get("id") or name, source, self._timeout, outputs.hear, test=bool(proof))
        self._doubt(end, name)
        if proof:
            outputs.drop_proof(proof)
        outcome = _outcome(end, proof)
        if not graded:
            outcome = replace(outcome, message=outcome.message[:LONGEST_ASIDE])
        outputs.tell_what_is_left_out()
        if self._has_ended(name, end):
            outputs.replace_error(outcome)
        elif not graded:
            self._again.append((name, cell.source))
        if end.said and isinstance(count := end.said.get("execution_count"), int):
            cell.execution_count = count
        return outcome

    def leave(self) -> None:
        """Come to the end of the notebook."""
        if self._whole:  # what was said in the place of the interpreter shows when it is asked once more
            self._doubt(self._room.run("", "pass", self._timeout, lambda kind, content: None), "the last cell")
        self._room.sweep()

    def _doubt(self, end: End, name: str) -> None:
        if end.broken:
            self.doubts.append(f"{name}: {end.why}")
        altered = end.said.get("altered") if end.said else None
        if altered:
            self.doubts.append(f"{name}: the student's code has altered {str(altered)[:200]}")

    @property
    def _is_late(self) -> bool:
        return time.monotonic() > self._until

    def _enter(self) -> None:
        """See to it that there is an interpreter, brought to where the last one was; none if the time is up before."""
        while not self._whole and not self._is_late:
            self._room.enter(self._files)
            self._whole = True
            for each in list(self._again):
                if self._is_late:
                    self._whole = False
                    break
                if self._has_ended(each[0], self._room.run(*each, self._timeout, lambda kind, content: None)):
                    self._again.remove(each)
                    break

    def _has_ended(self, name: str, end: End) -> bool:
        if end.why:
            self.restarts[name] = end.why
            self._whole = False
        if end.timed_out:  # where all cells hang, each gets less time than the one before
            self._timeout = max(self._timeout / 2, self._shortest)
        return bool(end.why)


def _outcome(end: End, proof: str) -> CellOutcome:
    """What became of a cell; `proof` is the text of the error by which it shows that it came to its end, if it must."""
    if end.timed_out:
        return CellOutcome(False, end.why, "CellTimeout")
    if end.why:
        return CellOutcome(False, f"the kernel ended while this cell ran ({end.why})", "DeadKernel")
    assert end.said is not None
    ename, message = str(end.said.get("ename"))[:200], str(end.said.get("evalue"))[:LONGEST_TEXT]
    if end.said.get("status") == "ok":
        return CellOutcome(True) if not proof else CellOutcome(False, NO_END, "Unproven")
    proven = proof and ename == "CheckFailed" and message == proof and end.said.get("at_top") is True
    return CellOutcome(True) if proven else CellOutcome(False, message, ename)


def _size(value: Any, levels: int = DEEPEST) -> float:
    """What a value counts for, in characters; endless if it is much too large, or has more levels of lists."""
    if isinstance(value, str):
        return len(value)
    if not isinstance(value, dict | list):
        return 0
    size = ITEM * len(value)
    if not levels or size > MOST_SHOWN:
        return math.inf
    if isinstance(value, dict):
        return size + sum(map(len, value)) + sum(_size(each, levels - 1) for each in value.values())
    return size + sum(_size(each, levels - 1) for each in value)


@dataclass
class _Shown:
    """What the cells of a notebook have shown: what was displayed under a name, and how much more they may show."""

    displays: dict[str, list[NotebookNode]] = field(default_factory=dict)
    left: float = field(default_factory=lambda: MOST_SHOWN_TOGETHER)


class _Outputs:
    """Gathers what a cell shows; texts that no person reads to the end are cut."""

    def __init__(self, cell: NotebookNode, notebook: _Shown) -> None:
        self._cell, self._notebook, self._left, self._is_cut = cell, notebook, MOST_SHOWN, False

    def hear(self, kind: str, content: dict[str, Any]) -> None:
        """Take in one message; one that has not the form of a kernel's is dropped."""
        if (size := _size(content)) == math.inf:
            self._is_cut = True
            return
        with suppress(KeyError, TypeError, ValueError, AttributeError, ValidationError):
            self._take(kind, content, size)

    def tell_what_is_left_out(self) -> None:
        """Say in a line that not all is here that the cell has shown, if that is so."""
        if self._is_cut:
            text = (
                f"Left out here: what goes beyond {MOST_SHOWN:,} characters of a cell, "
                f"or {MOST_SHOWN_TOGETHER:,} of a notebook, or has too many values.\n"
            )
            self._cell.outputs.append(new_output("stream", name="stderr", text=text))

    def _may_show(self, size: float) -> bool:
        """Whether so much may still be shown; if so, it is counted."""
        if size > self._most:
            self._is_cut = True
            return False
        self._left -= size
        self._notebook.left -= size
        return True

    @property
    def _most(self) -> float:
        return max(0, min(self._left, self._notebook.left))

    def _cut(self, text: str) -> str:
        """As much of a text as may still be shown."""
        self._is_cut |= len(text) > self._most
        text = text[: int(self._most)]
        self._may_show(len(text))
        return text

    def _take(self, kind: str, content: dict[str, Any], size: float) -> None:
        outputs = self._cell.outputs
        if kind == "clear_output":
            outputs.clear()
        elif kind == "stream" and content["name"] in ("stdout", "stderr"):
            if not outputs or outputs[-1].get("name") != content["name"]:
                if len(outputs) >= MOST_OUTPUTS:
                    return
                outputs.append(new_output("stream", name=content["name"], text=""))
            outputs[-1].text += self._cut(content["text"][: max(0, LONGEST_TEXT - len(outputs[-1].text))])
        elif kind == "error":
            ename, evalue = str(content["ename"])[:200], self._cut(str(content["evalue"])[:LONGEST_TEXT])
            lines = [str(line)[:LONGEST_TEXT] for line in content["traceback"]][:1000]
            last = list(takewhile(lambda line: self._may_show(ITEM + len(line)), reversed(lines)))
            self._put_error(ename, evalue, last[::-1])
        elif kind in ("display_data", "execute_result", "update_display_data") and isinstance(content["data"], dict):
            known = self._notebook.displays.setdefault(str(content.get("transient", {}).get("display_id", "")), [])
            if kind == "update_display_data":  # which each of them will hold
                size *= max(1, len(known))
            if len(outputs) < MOST_OUTPUTS and self._may_show(size):
                self._display(kind, content, known)

    def _display(self, kind: str, content: dict[str, Any], known: list[NotebookNode]) -> None:
        metadata = content["metadata"] if isinstance(content["metadata"], dict) else {}
        shown = {"data": content["data"], "metadata": metadata}
        new_output("display_data", **shown)  # raises an error if it cannot stand in a notebook
        if kind == "update_display_data":
            for output in known:
                output.update(shown)
            return
        count = content.get("execution_count")
        rest = {"execution_count": count if type(count) is int else None} if kind == "execute_result" else {}
        self._cell.outputs.append(new_output(kind, **shown, **rest))
        known.append(self._cell.outputs[-1])

    def drop_proof(self, proof: str) -> None:
        """Take out the error that was ours."""
        self._cell.outputs = [
            output for output in self._cell.outputs if output.output_type != "error" or proof not in output.evalue
        ]

    def replace_error(self, outcome: CellOutcome) -> None:
        """Let the last error say why the cell was cut off, above where it was when it was."""
        errors = [output for output in self._cell.outputs if output.output_type == "error"]
        lines = errors[-1].traceback[:-1] if errors else []
        self._put_error(outcome.ename, outcome.message, [*lines, f"{outcome.ename}: {outcome.message}"])

    def _put_error(self, ename: str, evalue: str, lines: list[str]) -> None:
        """Show this error and no other: the last one says how the cell ended, whoever forges many of them."""
        outputs = [output for output in self._cell.outputs if output.output_type != "error"]
        self._cell.outputs = [*outputs, new_output("error", ename=ename, evalue=evalue, traceback=lines)]
