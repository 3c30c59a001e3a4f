"""Runs a scenario in one schedule after the other, until one goes wrong or enough have gone well."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from autograder.checks.belongings import Belongings, left_changed
from autograder.checks.failure import CheckFailed
from autograder.checks.schedules import twins
from autograder.checks.schedules.report import Report
from autograder.checks.schedules.scenario import Broken, Raised, Schedule
from autograder.checks.schedules.scheduler import Abort, Scheduler
from autograder.checks.schedules.search import Search, Tried
from autograder.checks.schedules.trace import Tracer
from autograder.checks.schedules.world import World
from autograder.checks.student import Reference


@dataclass(frozen=True)
class Explored:
    """How much was tried of a scenario that held in all of it: schedules, and steps in them."""

    schedules: int
    steps: int


def explore(scenario: Callable[[Schedule], None]) -> None:
    """Run a scenario in every interleaving of its threads that matters, with few switches between them.

    Parameters: `scenario`, a function of the test cell that gets a `Schedule` and says what is called in which
    threads and what must then hold; it is run anew for each schedule and must make all of its data itself. Code in
    the file (the cell) of the scenario is the test's: it is neither switched in nor shown.

    Raises: CheckFailed, with the first schedule in which something goes wrong: what the scenario expects does not
    hold, a call raises, threads wait for each other for ever, a lock is kept, a thread spins. The same code gives
    the same schedule and message each time.
    """
    explored(scenario, sys._getframe(1).f_code.co_filename)


def explored(scenario: Callable[[Schedule], None], file: str = "") -> Explored:
    """Do what `explore` does, and say how much was tried. Parameters: `file`, one more whose code is the test's."""
    if twins.in_use():
        raise RuntimeError("explore() cannot be called while a schedule runs")
    code = getattr(scenario, "__code__", None)
    tracer = Tracer({file} if code is None else {file, code.co_filename})
    exploration = _Exploration(scenario, tracer)
    belongings = Belongings(twins.modules().importable)
    collecting = gc.isenabled()
    gc.disable()  # finalizers would run at other steps each time
    try:
        with World(scenario, tracer) as exploration.world, tracer:
            search = Search(exploration.attempt)
            search.run()
    finally:
        twins.use(None)
        changed = belongings.put_back()
        if collecting:
            gc.enable()
    if changed and exploration.failure is None:
        raise left_changed(exploration.shown, changed)
    if exploration.failure is not None:
        raise exploration.failure from exploration.cause
    return Explored(search.schedules, search.steps)


class _Exploration:
    def __init__(self, scenario: Callable[[Schedule], None], tracer: Tracer) -> None:
        self._scenario, self._tracer = scenario, tracer
        self._found: dict[tuple[str, str], Any] = {}
        self.world: World | None = None
        self.failure: CheckFailed | None = None
        self.shown = ""  # the calls of the latest schedule
        self.cause: BaseException | None = None  # an error of the scenario itself, for its author

    def attempt(self, plan: Mapping[int, int]) -> Tried | None:
        """Run the scenario by the plan; None, and `failure`, when something went wrong."""
        known = len(self._found)
        tried = self._run(plan)
        if len(self._found) > known:
            # The scenario named what was not known before: only now does all of it take part from the beginning.
            self.failure = self.cause = None
            tried = self._run(plan)
        return tried

    def _run(self, plan: Mapping[int, int]) -> Tried | None:
        scheduler = self._tracer.scheduler = Scheduler(plan, self._tracer.run)
        twins.use(scheduler)
        self.world.reset()
        run = Schedule(scheduler, self._find)
        report = Report(run, scheduler, self._tracer.is_students)

        def main() -> None:
            twins.modules().adopt()
            try:
                self._scenario(run)
            except Abort:
                raise
            except Broken as broken:
                self.failure = report.broken(broken)
            except Raised as raised:
                self.failure = report.raised(raised.who, raised.error, raised.expected)
            except CheckFailed as error:
                self.failure = error
            except BaseException as error:
                if run.calls and report.raised_at(error) is not None:
                    self.failure = report.raised(run.calls[-1], error)
                else:
                    self.failure, self.cause = report.unreadable(error), error
            if self.failure is not None:
                scheduler.stop("failed", None)

        scheduler.start(main, "main")
        scheduler.run()
        self.shown = "; ".join((*run.calls, *(started.shown for started in run.started)))
        twins.use(None)
        if self.failure is None:
            self.failure = self._judge(run, scheduler, report)
        return None if self.failure is not None else Tried(plan, scheduler.log, scheduler.steps)

    def _find(self, reference: Reference) -> Any:
        """What a name of the student's stands for; a module is imported once for all schedules."""
        key = (reference.module, reference.name)
        if key not in self._found or reference.module == "__main__":
            self._found[key] = reference.get()
            self.world.include(self._found[key])
        return self._found[key]

    def _judge(self, run: Schedule, scheduler: Scheduler, report: Report) -> CheckFailed | None:
        if scheduler.problem is not None:
            return report.problem(*scheduler.problem)
        for owed in scheduler.owed:
            if owed.lock.owner is owed.task and not owed.lock.signal:
                return report.kept(owed)
        ours = [started.task for started in run.started]
        for task in scheduler.tasks:
            if task.error is not None and task not in ours:
                return report.raised(task.name, task.error, "threads that end without an error")
        return None
