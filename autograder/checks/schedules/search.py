"""Goes through the schedules of a scenario, the simplest first, leaving out those that could not end differently.

A schedule is a plan: at which steps another thread goes on than would by itself. Plans with fewer such deviations come
first, so that the first one that fails is among the simplest. To let B in one step of A later gives nothing new unless
that step touches something that B then touches: such plans are skipped. A deviation comes in two kinds: the thread that
had to give way goes on as soon as the other waits or ends, or it is late and goes on when no other can.

Bounding preemptions, deviations and delays is due to Musuvathi and Qadeer (CHESS, 2007) and Emmi, Qadeer and Rakamaric
(Delay-bounded scheduling, 2011).
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field

from autograder.checks.schedules.points import EVERYTHING, Point
from autograder.checks.schedules.scheduler import MARKS

MOST_DEVIATIONS = 3
MOST_SCHEDULES, MOST_STEPS = 1_000, 150_000  # with one deviation: all of them, in any scenario of a sensible size
FEWEST_SCHEDULES = 8  # also of code that computes for long
FEWER_SCHEDULES, FEWER_STEPS = 80, 8_000  # once these are spent, plans with more than one are left untried


@dataclass
class Touched:
    """What a few steps read and write."""

    reads: set[str] = field(default_factory=set)
    writes: set[str] = field(default_factory=set)

    def add(self, point: Point) -> None:
        """Count in what one more step touches."""
        self.reads |= point.reads
        self.writes |= point.writes

    def meets(self, other: Touched) -> bool:
        """Whether the order of these steps and the others could matter."""
        if EVERYTHING in self.writes or EVERYTHING in other.writes:
            return bool((self.reads or self.writes) and (other.reads or other.writes))
        return not (
            self.writes.isdisjoint(other.writes)
            and self.writes.isdisjoint(other.reads)
            and self.reads.isdisjoint(other.writes)
        )


@dataclass
class Tried:
    """One schedule that was run: its plan, what happened in it, and where its own part begins."""

    plan: Mapping[int, int]
    log: list[tuple[int, Point, tuple[int, ...]]]
    steps: int
    begin: int = 0
    # What the thread that was to run at `begin`, and those let in there before, do there until another one runs.
    instead: dict[int, Touched] = field(default_factory=dict)

    def stretch(self, at: int) -> Touched:
        """What the thread that runs at this step touches until another one runs."""
        touched = Touched()
        for number, point, _ in self.log[at:]:
            if number != self.log[at][0]:
                break
            touched.add(point)
            if point in MARKS:
                break
        return touched


Children = Generator[tuple[int, int], Tried, None]


class Search:
    """`attempt` runs a plan and gives what was tried, or None to end the search (the plan failed)."""

    def __init__(self, attempt: Callable[[Mapping[int, int]], Tried | None]) -> None:
        self._attempt = attempt
        self.schedules = 0
        self.steps = 0

    def run(self) -> None:
        """Try plans until one fails or the bounds are reached."""
        first = self._try({}, 0)
        level = [] if first is None else [first]
        for deviations in range(1, MOST_DEVIATIONS + 1):
            parents, level = level, []
            # In turns, so that all parts of the schedule are looked at before the bound is reached.
            turns = [(parent, child, next(child, None)) for parent in parents for child in [_children(parent)]]
            while turns := [turn for turn in turns if turn[2] is not None]:
                for place, (parent, children, (at, other)) in enumerate(turns):
                    if self._is_spent(deviations):
                        return
                    tried = self._try({**parent.plan, at: other}, at)
                    if tried is None:
                        return
                    level.append(tried)
                    turns[place] = (parent, children, _send(children, tried))

    def _try(self, plan: Mapping[int, int], begin: int) -> Tried | None:
        tried = self._attempt(plan)
        self.schedules += 1
        if tried is not None:
            tried.begin = begin
            self.steps += tried.steps
        return tried

    def _is_spent(self, deviations: int) -> bool:
        if deviations == 1:
            long = self.steps >= MOST_STEPS and self.schedules >= FEWEST_SCHEDULES
            return long or self.schedules >= MOST_SCHEDULES
        return self.schedules >= FEWER_SCHEDULES or self.steps >= FEWER_STEPS


def _send(children: Children, tried: Tried) -> tuple[int, int] | None:
    try:
        return children.send(tried)
    except StopIteration:
        return None


def _children(node: Tried) -> Children:
    """Deviations from a schedule that are worth trying: (step, who goes on there). Each is answered with the try."""
    log = node.log
    known: dict[int, Touched] = node.instead  # of each other thread: what it did when it was last let in here
    since: dict[int, Touched] = {other: Touched() for other in known}  # and what this one has done since
    for at in range(node.begin, len(log)):
        number, point, ready = log[at]
        if at > node.begin and (log[at - 1][0] != number or log[at - 1][1] in MARKS):
            known, since = {}, {}
        if point in MARKS:
            continue
        for other in ready if at > node.begin or not at else ():
            if other != number and (other not in known or since[other].meets(known[other])):
                child = yield at, other
                child.instead = {number: node.stretch(at)}
                known[other], since[other] = child.stretch(at), Touched()
                if not node.plan and len(ready) > 2:  # one thread is late, and all others come before it
                    yield at, ~other
        for did in since.values():
            did.add(point)
