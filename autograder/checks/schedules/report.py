"""Tells what went wrong in a schedule, and draws the schedule step by step in the student's own lines."""

from __future__ import annotations

import linecache
import os
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from types import CodeType
from typing import Any

from autograder.checks.failure import CheckFailed, failed
from autograder.checks.schedules.guards import contended, how_guarded
from autograder.checks.schedules.points import Point
from autograder.checks.schedules.scenario import Broken, Schedule
from autograder.checks.schedules.scheduler import (
    ENDS,
    GIVES_WAY,
    MOST_WAKES,
    PAUSE,
    RETURNS,
    STARTS,
    WAITS,
    Owed,
    Scheduler,
    Task,
    Wait,
)
from autograder.checks.values import describe_exception

LONGEST_SOURCE = 46  # characters of a line of source that are shown
LONGEST_TURN = 9  # rows of one thread in a row
MOST_ROWS = 44

_ASK_RACE = "Between which two steps of a thread did another one get in, and what should have kept it out?"
_ASK_ALONE = "What does one call of it do while no other thread gets in?"
_ENDS = "every thread ends, whoever runs when"


@dataclass
class Row:
    """One line of the picture: a thread at a line of its code, and what it does there to others."""

    task: Task
    point: Point
    notes: list[str] = field(default_factory=list)

    def note(self, text: str) -> None:
        """Say one more thing, once."""
        if text not in self.notes:
            self.notes.append(text)


class Report:
    """Makes the exception for a schedule that failed. `is_students` tells the student's code."""

    def __init__(
        self, run: Schedule, scheduler: Scheduler, is_students: Callable[[CodeType, dict[str, Any]], bool]
    ) -> None:
        self._run, self._scheduler, self._is_students = run, scheduler, is_students

    def failed(self, seen: str, expected: str, ask: str = "") -> CheckFailed:
        """The exception with these texts, what was run, and the picture of the schedule."""
        return failed(self._did(), self._lost_threads() + seen, expected, ask, self.picture())

    def broken(self, what: Broken) -> CheckFailed:
        """The scenario's own expectation does not hold."""
        ours = [started.task for started in self._run.started if started.task is not None]
        guarded = how_guarded(self._scheduler, ours, self._at) if self._scheduler.plan and not what.ask else None
        clause, ask = guarded or ("", _ASK_RACE if self._scheduler.plan else _ASK_ALONE)
        return self.failed(what.seen + (clause and f"; {clause}"), what.expected, what.ask or ask)

    def raised(
        self, who: str, error: BaseException, expected: str = "a call that ends without an error"
    ) -> CheckFailed:
        """A call raised what it should not."""
        if isinstance(error, CheckFailed):
            return error
        if isinstance(error, NotImplementedError):
            return failed(
                self._did(),
                f"{who} is not written yet: it raises NotImplementedError",
                expected,
                "Have you replaced the line `raise NotImplementedError()` and run the cell again?",
            )
        return self.failed(
            f"{who} raised {self._error(error)}",
            expected,
            _ASK_RACE if self._scheduler.plan else "Which value did this line not expect, and where does it come from?",
        )

    def unreadable(self, error: BaseException) -> CheckFailed:
        """The scenario itself stumbles over what the student's code gave it."""
        return self.failed(
            f"{describe_exception(error)}, when the test used what the code gave it",
            "names, attributes and values as the task describes them",
            "Is everything named as in the task, and of the kind that it asks for?",
        )

    def kept(self, owed: Owed) -> CheckFailed:
        """A call or thread has ended and still holds a lock."""
        way = f"raised {describe_exception(owed.error)}" if owed.error is not None else "ended"
        return self.failed(
            f"{owed.who} {way} and still holds the lock that it took{self._at(owed.taken_at)}",
            "the lock is given back on every way out",
            "Which way out of these lines goes past the release?",
        )

    def problem(self, kind: str, task: Task) -> CheckFailed:
        """The schedule could not go on, or would not end."""
        where = self._at(task.looping.point if task.looping is not None else task.last)
        if kind == "deadlock":
            return self._deadlock()
        if self._scheduler.main_ended and kind != "held":
            return self.failed(
                f"{task.name} still goes on{where} after everything else has ended",
                _ENDS,
                "Who tells this thread to stop, and who waits until it has?",
            )
        if kind == "spins":
            return self.failed(
                f"{task.name} goes round and round{where} until another thread has changed something",
                "a thread that has to wait sleeps until it is woken",
                "Which Event, Condition or Queue could wake this thread, so that it need not look again and again?",
            )
        if kind == "polls":
            return self.failed(
                f"{task.name} woke up {MOST_WAKES} times{where} only to look whether it can go on",
                "a thread that has to wait sleeps until it is woken",
                "Which Event, Condition or Queue could wake this thread, so that it need not look again and again?",
            )
        if kind == "endless":
            return self.failed(
                f"{task.name} goes on and on{where}; there was no end after {self._scheduler.steps} steps",
                _ENDS,
                "What has to happen for this loop to end, and who is left that could do it?",
            )
        return self.failed(
            f"{task.name} is held up{where} by something outside of the schedule",
            "code that waits only for locks, queues, pools and clocks of Python's own `threading`, `queue`, "
            "`concurrent.futures` and `time`",
            "What is it that this line waits for?",
        )

    def _deadlock(self) -> CheckFailed:
        waits = {wait.task: wait for wait in self._scheduler.waits}
        for wait in waits.values():
            if wait.holder is wait.task:
                for owed in self._scheduler.owed:
                    if owed.lock is wait.what and owed.task is wait.task:
                        return self.kept(owed)
                return self.failed(
                    f"deadlock: {wait.task.name} asks{self._at(wait.task.last)} for a lock that it holds already",
                    _ENDS,
                    "Who holds the lock when this line asks for it, and can that thread ever get to its release?",
                )
        for wait in waits.values():
            if wait.holder_ended:
                error = wait.holder.error
                way = f"raised {describe_exception(error)}" if error is not None else "ended"
                return self.failed(
                    f"deadlock: {wait.task.name} waits for a lock that {wait.holder.name} took"
                    f"{self._at(wait.taken_at)} and still holds, although it {way}",
                    "the lock is given back on every way out",
                    "Which way out of these lines goes past the release?",
                )
        for wait in waits.values():
            if ring := _ring(wait, waits):
                names = [each.task.name for each in ring]
                return self.failed(
                    "deadlock: "
                    + ", ".join(
                        f"{a} waits for a lock that {b} holds"
                        for a, b in zip(names, [*names[1:], names[0]], strict=True)
                    ),
                    _ENDS,
                    "In which order does each of them take its locks?",
                )
        # Whoever waits for the end of a thread that waits itself is not the cause, nor is an idle daemon.
        causes = [wait.task for wait in waits.values() if wait.end_of not in waits] or list(waits)
        who = min(causes, key=lambda task: (task.daemon, task.number))
        others = [task.name for task in waits if task is not who and task.last is not None]
        also = f"; {', '.join(others[:4])} {'waits' if len(others) == 1 else 'wait'} too" if others else ""
        after = " after everything else has ended" if self._scheduler.tasks[0] not in waits else ""
        return self.failed(
            f"{who.name} waits for ever{self._at(who.last)}{after}{also}",
            _ENDS,
            "Who should have woken it, and is there anybody left who still will?",
        )

    def _did(self) -> str:
        started = [f"{one.name}: {one.shown}" for one in self._run.started]
        return "   ".join(started) if started else self._run.calls[-1] if self._run.calls else ""

    def _at(self, point: Point | None) -> str:
        if point is None:
            return ""
        source = _source(point)
        return f" at {_place(point)}" + (f": `{source}`" if source else "")

    def _error(self, error: BaseException) -> str:
        return describe_exception(error) + self._at(self.raised_at(error))

    def raised_at(self, error: BaseException) -> Point | None:
        """The student's line at which an exception arose."""
        for frame, number in reversed(list(traceback.walk_tb(error.__traceback__))):
            if self._is_students(frame.f_code, frame.f_globals):
                return Point(frame.f_code, number)
        return None

    def _lost_threads(self) -> str:
        ours = {started.task for started in self._run.started}
        lost = [task for task in self._scheduler.tasks[1:] if task.error is not None and task not in ours]
        return "".join(f"{task.name} ended with {self._error(task.error)}; " for task in lost[:1])

    # the picture

    def picture(self) -> str:
        """The schedule as rows of text: who, which line, what it did there."""
        rows = _shorten(self._rows())
        if not any(isinstance(row, Row) for row in rows):
            return ""
        shown = [row for row in rows if isinstance(row, Row)]
        lane = max(len(row.task.name[:24]) for row in shown)
        place = max(len(_place(row.point)) for row in shown)
        width = max(len(_source(row.point)) for row in shown)
        lines = ["One schedule in which it happens, step by step:"]
        for row in rows:
            if isinstance(row, str):
                lines.append(f"  {row}")
                continue
            text = f"  {row.task.name[:24]:{lane}}  {_place(row.point):{place}}  {_source(row.point):{width}}"
            lines.append(f"{text}  {', '.join(row.notes)}".rstrip())
        return "\n".join(lines)

    def _rows(self) -> list[Row]:
        scheduler = self._scheduler
        log, tasks = scheduler.log, scheduler.tasks
        begin = next((at for at, entry in enumerate(log) if entry[1] is STARTS and at), 0)
        shared = contended(log[begin:])
        rows: list[Row] = []
        last: dict[int, Point] = {}
        for at, (number, point, _) in enumerate(log):
            if point.code is not None:
                last[number] = point
            if at >= begin and number in last:
                self._add(rows, at, tasks[number], last[number], point, shared)
            if point is RETURNS:
                last.pop(number, None)
        return rows

    def _add(self, rows: list[Row], at: int, task: Task, here: Point, point: Point, shared: set[str]) -> None:
        if not rows or rows[-1].task is not task or not _same_line(rows[-1].point, here):
            rows.append(Row(task, here))
        row = rows[-1]
        scheduler = self._scheduler
        note = scheduler.notes.get(at)
        following = scheduler.log[at + 1][1] if at + 1 < len(scheduler.log) else None
        for verb, names in (("reads", point.reads), ("writes", point.writes)):
            for name in sorted(names & shared):
                row.note(f"{verb} {name.partition(' ')[2]}")
        if point is RETURNS:
            row.note(note[0] if note else "")  # none if the student's code traces its threads itself
        elif point is ENDS:
            error = row.task.error
            row.note("ends" if error is None else f"ends with {describe_exception(error)}")
        elif point is GIVES_WAY:
            row.note("again and again")
        elif point is WAITS:
            holder = note[2]
            row.note(
                "stands still for a while"
                if note[1] is PAUSE
                else "waits"
                if holder is None
                else f"waits for the lock that {holder.name if holder is not row.task else 'it'} holds"
            )
        elif note and note[0] == "takes" and not note[1].internal and following is not WAITS:
            row.note("takes the lock")
        elif note and note[0] == "misses" and not note[1].internal:
            row.note("finds the lock taken")
        elif note and note[0] == "releases" and not note[1].internal:
            row.note("gives the lock back")
        elif note and note[0] == "begins":
            row.note(f"begins {note[1].__name__}")


def _ring(wait: Wait, waits: dict[Task, Wait]) -> list[Wait]:
    """The threads that wait for each other's locks in a circle, beginning with this one; none if it is in no circle."""
    found = [wait]
    while (holder := found[-1].holder) in waits:
        if holder is wait.task:
            return found
        if any(each.task is holder for each in found):
            return []
        found.append(waits[holder])
    return []


def _shorten(rows: list[Row]) -> list[Row | str]:
    """Leave out the middle of long turns, and the beginning of a long schedule."""
    found: list[Row | str] = []
    begin = 0
    for end in range(1, len(rows) + 1):
        if end == len(rows) or rows[end].task is not rows[begin].task:
            turn = rows[begin:end]
            if len(turn) > LONGEST_TURN:
                left = len(turn) - LONGEST_TURN + 1
                found += [*turn[:3], f"... {left} lines of {turn[0].task.name}", *turn[3 - LONGEST_TURN + 1 :]]
            else:
                found += turn
            begin = end
    if len(found) > MOST_ROWS:
        found = [f"... {len(found) - MOST_ROWS} lines before", *found[-MOST_ROWS:]]
    return found


def _same_line(one: Point, other: Point) -> bool:
    return one.line == other.line and one.code.co_filename == other.code.co_filename


def _place(point: Point) -> str:
    name = point.code.co_filename
    return f"line {point.line}" + (f" of {os.path.basename(name)}" if os.path.isfile(name) else "")


def _source(point: Point) -> str:
    text = linecache.getline(point.code.co_filename, point.line).strip()
    return text if len(text) <= LONGEST_SOURCE else f"{text[: LONGEST_SOURCE - 3]}..."
