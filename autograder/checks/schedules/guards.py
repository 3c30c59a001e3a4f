"""Says by which locks the data was guarded over which two threads got into each other's way in a schedule.

The set of locks that a thread holds at each of its accesses tells one mistake from another: no lock at all, a lock that
nobody else asks for, two locks for the same data, a lock that is given back between two steps that belong together.
After Savage et al., Eraser (1997).
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection
from dataclasses import dataclass

from autograder.checks.schedules.points import CONTENTS, Point
from autograder.checks.schedules.scheduler import Scheduler, Task


@dataclass(frozen=True, slots=True)
class Access:
    """One step of a thread at which it reads or writes the data, and the locks that it held (and since when)."""

    task: Task
    point: Point
    locks: frozenset[tuple[int, int]]  # number of the lock, and of the step at which it was taken

    @property
    def guards(self) -> frozenset[int]:
        """The numbers of the locks."""
        return frozenset(number for number, _ in self.locks)


def contended(log: list[tuple[int, Point, tuple[int, ...]]]) -> set[str]:
    """What one thread writes and another one touches, by name."""
    users: dict[str, set[int]] = {}
    written: set[str] = set()
    for number, point, _ in log:
        if point.code is not None:
            for name in point.reads | point.writes:
                users.setdefault(name, set()).add(number)
            written |= point.writes
    return {name for name in written if len(users[name]) > 1 and name != CONTENTS and " " in name}


def how_guarded(scheduler: Scheduler, tasks: Collection[Task], at: Callable[[Point], str]) -> tuple[str, str] | None:
    """What was wrong with the locks, as a clause and a question; None where that cannot be told.

    Parameters: `tasks`, the threads to look at; `at`, says where a point is, as in " at line 3".
    """
    numbers = {task.number for task in tasks}
    log = [entry for entry in scheduler.log if entry[0] in numbers]
    if any(note[0] == "takes" and note[1].internal for note in scheduler.notes.values()):
        return None  # a semaphore or a queue, which also keeps others out
    for name in sorted(contended(log), key=lambda name: ("lock" in name, name)):  # the data first, then its locks
        accesses = _accesses(scheduler, numbers, name)
        found = _judge(name.partition(" ")[2], accesses, at)
        if found is not None:
            return found
    return None


def _accesses(scheduler: Scheduler, numbers: set[int], name: str) -> list[Access]:
    held: dict[int, dict[int, list[int]]] = {number: {} for number in numbers}
    found = []
    locks: dict[int, int] = {}
    for step, (number, point, _) in enumerate(scheduler.log):
        if number not in numbers:
            continue
        note = scheduler.notes.get(step)
        if note is not None and note[0] in ("takes", "releases"):
            lock = locks.setdefault(id(note[1]), len(locks))
            since = held[number].setdefault(lock, [])
            if note[0] == "takes":
                since.append(step)
            elif since:
                since.pop()
        if point.code is not None and name in point.reads | point.writes:
            taken = frozenset((lock, since[0]) for lock, since in held[number].items() if since)
            found.append(Access(scheduler.tasks[number], point, taken))
    return found


def _judge(name: str, accesses: list[Access], at: Callable[[Point], str]) -> tuple[str, str] | None:
    bare = [access for access in accesses if not access.locks]
    if bare:
        where = "" if len(bare) == len(accesses) else at(bare[0].point)
        return f"no lock is held while {name} is read or written{where}", "What keeps another thread out there?"
    common = frozenset.intersection(*(access.guards for access in accesses))
    first = accesses[0]
    if not common:
        pairs = itertools.combinations(accesses, 2)
        if again := next((pair for pair in pairs if _is_taken_again(*pair)), None):
            return _given_back(name, at(again[0].point), at(again[1].point))
        mine = [access for access in accesses if access.task is first.task]
        other = next((access for access in mine if not access.guards & first.guards), None)
        if other is not None:
            return (
                f"{name} is guarded by one lock{at(first.point)} and by another one{at(other.point)}",
                "Does a lock keep anybody out who asks for another one?",
            )
        return (
            f"each thread holds another lock while {name} is read or written{at(first.point)}",
            "Whom does a lock keep out if the other one never asks for it?",
        )
    for place, early in enumerate(accesses):
        for late in accesses[place + 1 :]:
            if late.task is early.task and not any(lock in common for lock, _ in late.locks & early.locks):
                return _given_back(name, at(early.point), at(late.point))
    return None


def _is_taken_again(early: Access, late: Access) -> bool:
    """Whether a thread gave the lock back between two accesses and kept no other one all the time."""
    return early.task is late.task and bool(early.guards & late.guards) and not early.locks & late.locks


def _given_back(name: str, early: str, late: str) -> tuple[str, str]:
    return (
        f"the lock that guards {name} is given back between its use{early} and{late}",
        "What may another thread do between the two?",
    )
