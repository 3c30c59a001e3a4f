"""Goes through the schedules of a scenario, the simplest first, leaving out those that could not end differently.

A schedule is a plan: at which steps another thread goes on than would by itself. Choosing among those that can run
when a thread waits or ends costs 1, getting in between two steps of a thread (a preemption) costs 2; plans are tried
in the order of their cost, so that the first one that fails is among the simplest. To let B in one step of A later
gives nothing new unless that step touches something that B then touches; such plans are skipped.

Bounding preemptions and deviations is due to Musuvathi and Qadeer (CHESS, 2007) and Emmi, Qadeer and Rakamaric (2011).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from autograder.checks.schedules.points import EVERYTHING, Point
from autograder.checks.schedules.scheduler import MARKS

CHOICE, PREEMPTION = 1, 2  # what a deviation costs
MOST = 2 * PREEMPTION  # the cost of the dearest plans that are tried


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
    decisions: dict[int, int]
    begin: int = 0
    first: dict[tuple[int, int], Touched] = field(default_factory=dict)  # (decision, who instead) -> what it did

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


class Search:
    """`attempt` runs a plan and gives what was tried, or None to end the search (a plan failed)."""

    def __init__(self, attempt: Callable[[Mapping[int, int]], Tried | None], schedules: int, steps: int) -> None:
        self._attempt = attempt
        self._schedules, self._steps = schedules, steps
        self.tried = 0
        self.steps = 0
        self.ended = False

    def run(self) -> None:
        """Try plans until one fails or the bounds are reached."""
        levels: list[list[Tried]] = [[]]
        self._try({}, 0, levels[0])
        for cost in range(1, MOST + 1):
            levels.append([])
            for node in levels[cost - CHOICE] if cost >= CHOICE else []:
                for at, other in self._choices(node):
                    child = self._try({**node.plan, at: other}, at + 1, levels[cost])
                    if child is None:
                        return
                    child.first = {(at, node.decisions[at]): node.stretch(at + 1)}
                    node.first[at, other] = child.stretch(at + 1)
            for node in levels[cost - PREEMPTION] if cost >= PREEMPTION else []:
                if not self._preempt(node, levels[cost]):
                    return

    def _try(self, plan: Mapping[int, int], begin: int, level: list[Tried]) -> Tried | None:
        spent = self.tried >= self._schedules or self.steps >= self._steps
        if self.ended or spent:
            return None
        self.tried += 1
        tried = self._attempt(plan)
        if tried is None:
            self.ended = True
            return None
        tried.begin = begin
        self.steps += len(tried.log) - begin
        level.append(tried)
        return tried

    def _choices(self, node: Tried) -> Iterator[tuple[int, int]]:
        for at, chosen in node.decisions.items():
            if at >= node.begin:
                for other in node.log[at][2]:
                    if other != chosen:
                        yield at, other

    def _preempt(self, node: Tried, level: list[Tried]) -> bool:
        """Let others in between the steps of each stretch of a thread; False when the search is over."""
        log = node.log
        known: dict[int, Touched] = {}  # of each other thread: what it did when it was last let in here
        since: dict[int, Touched] = {}  # and what this one has done since
        for at in range(node.begin, len(log)):
            number, point, ready = log[at]
            before = log[at - 1] if at else None
            begins = before is None or before[0] != number or before[1] in MARKS
            if begins:
                known = {other: did for (decided, other), did in node.first.items() if decided == at - 1}
                since = {other: Touched() for other in known}
            if point in MARKS:
                continue
            for other in ready:
                if other == number or (begins and (other in known or at == node.begin)):
                    continue
                if other not in known or since[other].meets(known[other]):
                    child = self._try({**node.plan, at: other}, at, level)
                    if child is None:
                        return False
                    child.first = {(at - 1, number): node.stretch(at)}
                    known[other] = child.stretch(at)
                    since[other] = Touched()
            for did in since.values():
                did.add(point)
        return True
