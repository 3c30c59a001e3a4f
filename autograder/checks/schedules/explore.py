"""Runs a scenario in one schedule after the other, until one goes wrong or enough have gone well."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from autograder.checks.failure import CheckFailed
from autograder.checks.schedules import twins
from autograder.checks.schedules.report import Report
from autograder.checks.schedules.scenario import Broken, Raised, Schedule
from autograder.checks.schedules.scheduler import Abort, Scheduler
from autograder.checks.schedules.search import Search, Tried
from autograder.checks.schedules.trace import Tracer
from autograder.checks.schedules.world import World

MOST_SCHEDULES = 2_000
MOST_STEPS = 400_000


@dataclass(frozen=True)
class Explored:
    """How much was tried of a scenario that held in all of it: schedules, and steps in them."""

    schedules: int
    steps: int


def explore(scenario: Callable[[Schedule], None]) -> Explored:
    """Run a scenario in every interleaving of its threads that matters, with few switches between them.

    Parameters: `scenario`, a function of the test cell that gets a `Schedule` and says what is called in which
    threads and what must then hold; it is run anew for each schedule and must make all of its data itself.

    Raises: CheckFailed, with the first schedule in which something goes wrong: what the scenario expects does not
    hold, a call raises, threads wait for each other for ever, a lock is kept, a thread spins. The same code gives
    the same schedule and message each time.
    """
    if twins.in_use():
        raise RuntimeError("explore() cannot be called while a schedule runs")
    own = {scenario.__code__.co_filename, sys._getframe(1).f_code.co_filename}
    tracer = Tracer(own)
    exploration = _Exploration(scenario, tracer)
    collecting = gc.isenabled()
    gc.disable()  # finalizers would run at other steps each time
    try:
        with World(scenario, tracer) as exploration.world, tracer:
            search = Search(exploration.attempt, MOST_SCHEDULES, MOST_STEPS)
            search.run()
    finally:
        twins.use(None)
        if collecting:
            gc.enable()
    if exploration.failure is not None:
        raise exploration.failure from None
    return Explored(search.tried, search.steps)


class _Exploration:
    def __init__(self, scenario: Callable[[Schedule], None], tracer: Tracer) -> None:
        self._scenario, self._tracer = scenario, tracer
        self.world: World | None = None
        self.failure: BaseException | None = None

    def attempt(self, plan: Mapping[int, int]) -> Tried | None:
        scheduler = self._tracer.scheduler = Scheduler(plan, self._tracer.run)
        twins.use(scheduler)
        self.world.reset()
        run = Schedule(scheduler, self.world.include)
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
                self.failure = report.raised(raised.who, raised.error)
            except CheckFailed as error:
                self.failure = error
            except BaseException as error:
                who = run.calls[-1] if run.calls and report.raised_at(error) is not None else ""
                self.failure = report.raised(who, error) if who else error
            if self.failure is not None:
                scheduler.stop("failed", None)

        scheduler.start(main, "main")
        scheduler.run()
        twins.use(None)
        if self.failure is None:
            self.failure = self._judge(run, scheduler, report)
        return None if self.failure is not None else Tried(plan, scheduler.log, scheduler.decisions)

    def _judge(self, run: Schedule, scheduler: Scheduler, report: Report) -> BaseException | None:
        if scheduler.problem is not None:
            return report.problem(*scheduler.problem)
        for task, lock, taken_at, error in run.owed:
            if lock.owner is task and not lock.signal:
                return report.kept(task, taken_at, error)
        for task in scheduler.tasks:
            if task.error is not None:
                return report.raised(task.name, task.error, "threads that end without an error")
        return None
