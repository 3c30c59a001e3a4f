"""What a test cell says of gevent: the jobs that student code calls, the calls, and what must be true of both.

No job sleeps: each takes virtual seconds, so that elapsed times and the greatest number of jobs at once are exact.
"""

from __future__ import annotations

import itertools
import math
import threading
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from autograder.checks.failure import CheckFailed, failed
from autograder.checks.fence import Run
from autograder.checks.greenlets.call import ROUNDS, GreenletCall
from autograder.checks.greenlets.patching import patched_modules, refuse_patching
from autograder.checks.sockets import Server, serve, still
from autograder.checks.values import describe, listed, look_up, plain

if TYPE_CHECKING:
    from autograder.checks.greenlets.clock import Clock

NEVER = math.inf  # seconds: a job that does not end by itself
HORIZON = 2.0  # virtual seconds that may pass while a test with real sockets waits for one thing
PATIENCE = 100  # looks, while a run is closed, at a thread that may only be about to leave the student's code
MOST_SHOWN = 12  # jobs in a picture
BAR = 30  # characters
ELSEWHERE = "another thread"


@dataclass(eq=False)
class Turn:
    """One call of a job; times are virtual seconds since the call began."""

    job: str
    key: Any
    who: str
    begin: float
    end: float | None = None
    how: str = ""  # done, raised, killed, or stopped by an exception

    def __str__(self) -> str:
        inside = ", ".join(map(describe, self.key)) if type(self.key) is tuple else describe(self.key)
        return f"{self.job}({inside})" if self.job else str(self.key)


class Hub(Run):
    """A run of student code in a gevent hub of its own, on virtual time. Use it as a context manager.

    `job` and `jobs` make what the student's code calls; `start` makes the call, which runs to its end by itself; the
    `expect_...` of the hub and of the call then say what must have happened.

    Parameters: `sockets`, whether the code under test talks through real sockets: all calls then share one thread and
    hub, which serves between them, and time moves by `HORIZON` at most while a test waits.
    Raises CheckFailed when the notebook's own process has been monkey-patched.
    """

    def __init__(self, sockets: bool = False) -> None:
        refuse_patching()
        if patched := patched_modules():
            raise failed(
                "gevent.monkey",
                f"the notebook's own process has been patched: {', '.join(patched)}",
                "a kernel whose modules are those of Python",
                "Which cell calls gevent.monkey? Remove that and restart the kernel.",
            )
        self.turns: list[Turn] = []
        self.peak = 0
        self.problem: CheckFailed | None = None  # the code spins: nothing more comes of this run
        self.blocked: list[tuple[str, float]] = []  # lines that stopped the whole thread, and for how many seconds
        self.raised: list[BaseException] = []  # by jobs, because the test told them to
        self.servers: list[Server] = []
        self.lane: _Lane | None = None
        super().__init__()
        if sockets:
            self.lane = _Lane(self)

    # what the test hands to the student's code

    def job(self, name: str, results: Any = None, seconds: Any = 1, cleanup: float = 0) -> Callable[..., Any]:
        """A function that takes virtual seconds and then answers from a table.

        Parameters: `name`, as messages call it; `results`, the answer for each argument (for several arguments, the
        tuple of them; for none, `()`), or a list with the answer of the first call, the second, ... (the last one
        stays), where an exception is raised instead and what is missing answers None; `seconds`, how long each call
        takes, or a mapping or list that says it likewise (1 where it says nothing), `NEVER` for a job that does not
        end; `cleanup`, how long it takes to end when killed.
        """
        return self._job(name, name, results, seconds, cleanup)

    def jobs(self, results: Mapping[str, Any], seconds: Any = 1, cleanup: float = 0) -> dict[str, Callable[..., Any]]:
        """Functions without parameters, by name, each as `job` makes them from the same tables."""
        return {name: self._job(name, "", results, seconds, cleanup, (name,)) for name in results}

    def start(self, function: Any, *arguments: Any) -> GreenletCall:
        """Call a function of the student's (`student.NAME`) with these arguments in a thread and hub of its own."""
        call = GreenletCall(self, function, arguments)
        self.calls.append(call)
        if self.lane is not None:
            self.lane.put(call)
        else:
            self.own_thread(call._body, name=f"call of {call.name}")
        return call

    def serve(self, function: Any, *arguments: Any) -> Server:
        """Make a server object of the student's and call its `start()`. Raises CheckFailed if that does not work."""
        made = self.start(function, *arguments)
        return serve(self, made, self.start)

    # what the test then says

    def settle(self, until: Callable[[], bool] = lambda: False) -> None:
        """Wait until nothing more can happen by itself, or until `until` says that it is enough.

        Raises CheckFailed for code that goes on and on.
        """
        clock = self.lane.clock if self.lane is not None else None
        if clock is None:
            return super().settle(until)
        since, clock.rounds, looks = clock.moment, 0, 0
        while True:
            super().settle(until)
            with self.changed:
                if self.endless or self.closed or until():
                    return
            if looks < ROUNDS and not still(self.ports()):
                looks += 1
                continue
            moment = clock.next_moment()
            if moment is None or moment - since > HORIZON:
                return
            clock.run_callback_threadsafe(clock.jump)

    def expect_peak(self, number: int, ask: str = "") -> None:
        """At the busiest moment exactly this number of jobs was running, each in a greenlet. Raises CheckFailed."""
        for call in self.calls:
            call.expect_end()
        expected = f"{number} {self._job_name(number)} running at the same time, and never more"
        elsewhere = any(turn.who == ELSEWHERE for turn in self.turns)
        if self.peak == number and not elsewhere:
            return
        for call in self.calls:
            if call.error is not None and not elsewhere:
                raise call.failed_by_error(expected, ask)
        in_caller = next((turn for turn in self.turns if turn.who == "caller"), None)
        if elsewhere:
            seen = default = ""
        elif self.peak > number:
            seen = f"{self.peak} {self._job_name(self.peak)} were running at the same time"
            default = "What bounds the number of greenlets here?"
        elif not self.turns:
            seen, default = f"no {self._job_name(1)} ever ran", "Who gives the spawned greenlets the time to run?"
        elif in_caller and self.peak == 1:
            seen = f"one after the other: {in_caller} ran in the greenlet that called {self.calls[0].name}"
            default = "Is the job called right here, or handed to a greenlet to be called there?"
        elif self.peak == 1:
            seen = f"one after the other: never more than 1 {self._job_name(1)} was running"
            default = "Does the code wait for one greenlet before it spawns the next?"
        else:
            seen = f"never more than {self.peak} {self._job_name(self.peak)} were running at the same time"
            default = "How large is the pool?"
        raise self.failed(self.shown(), seen, expected, ask, default)

    def expect_kept_full(self, number: int, ask: str = "", late: float = 0.0) -> None:
        """As long as a job had yet to begin, not fewer than this number were running. Raises CheckFailed.

        Parameters: `late`, for how many virtual seconds there may be fewer at a time.
        """
        for call in self.calls:
            call.expect_end()
        moments = sorted({moment for turn in self.turns for moment in (turn.begin, turn.end) if moment is not None})
        for begin, end in itertools.pairwise(moments):
            running = [turn for turn in self.turns if turn.begin <= begin and (turn.end is None or turn.end >= end)]
            waiting = [turn for turn in self.turns if turn.begin >= end]
            if len(running) < number and waiting and end - begin > late:
                ran = f"only {listed(map(str, running))} ran" if running else "nothing ran"
                seen = f"from {begin:g} s to {end:g} s {ran}, while {waiting[0]} waited"
                expected = f"{number} {self._job_name(number)} running as long as there are enough"
                default = "What does a job wait for when another one has ended?"
                raise self.failed(self.shown(), seen, expected, ask, default)

    def expect_started(self, *keys: Any, ask: str = "") -> None:
        """Exactly the jobs with these arguments have begun, in any order. Raises CheckFailed."""
        self._expect_keys("begun", lambda turn: True, keys, ask)

    def expect_killed(self, *keys: Any, ask: str = "Who tells these greenlets that they are no longer needed?") -> None:
        """Exactly the jobs with these arguments were killed, in any order, and have ended. Raises CheckFailed."""
        self._expect_keys("killed", lambda turn: turn.how == "killed", keys, ask)

    def expect_not_blocked(self, ask: str = "") -> None:
        """Nothing stopped the whole thread. Raises CheckFailed naming the line."""
        for call in self.calls:
            call.expect_end()
        if self.blocked:
            raise self.failed(self.shown(), "", "only waits that let other greenlets run meanwhile", ask)

    def expect_no_threads(self, ask: str = "What does gevent have in the place of a thread?") -> None:
        """The code under test has started no thread that is still there. Raises CheckFailed."""
        self.settle()
        if number := len(self.threads_left()):
            seen = f"the code works in {number} more thread{'s' * (number > 1)}" + self.whereabouts()
            raise failed(self.shown(), seen, "greenlets of the one thread, and no further thread", ask)

    def failed(self, did: str, seen: str, expected: str, ask: str = "", default: str = "") -> CheckFailed:
        """The failure, with the reason that is known for it, if any, and a picture of the jobs."""
        reason, question = self.reason()
        seen = "; ".join(filter(None, (seen, reason)))
        return failed(did, seen, expected, ask or question or default, self.picture())

    def reason(self) -> tuple[str, str]:
        """What is known to have gone wrong in this run, and a question about it; two empty texts if nothing is."""
        if any(turn.who == ELSEWHERE for turn in self.turns):
            return (
                f"{self._job_name(2)} ran in other threads, not in greenlets of the caller's",
                "Which part of the code starts threads, and what does gevent have in its place?",
            )
        if self.blocked:
            line, seconds = self.blocked[0]
            return (
                f"{line} blocks: it stopped the whole thread, with every greenlet in it, for {seconds:g} s",
                "Which sleep hands the thread over to the next greenlet?",
            )
        return "", ""

    def picture(self) -> str:
        """When each job ran, as a few lines of text; nothing of threads, which have no virtual time."""
        if any(turn.who == ELSEWHERE for turn in self.turns):
            return ""
        shown = self.turns[:MOST_SHOWN]
        now = max((turn.end or turn.begin for turn in self.turns), default=0)
        ends = [now if turn.end is None else turn.end for turn in shown]
        width = max((len(str(turn)) for turn in shown), default=0)
        lines = []
        for turn, end in zip(shown, ends, strict=True):
            first, last = (round(BAR * moment / (now or 1)) for moment in (turn.begin, end))
            until = "..." if turn.end is None else f"{end:g} s{'' if turn.how == 'done' else f', {turn.how}'}"
            bar = " " * first + "=" * max(1, last - first)
            lines.append(f"  {turn!s:<{width}} |{bar:<{BAR + 1}}| {turn.begin:g} - {until}")
        if len(self.turns) > MOST_SHOWN:
            lines.append(f"  and {len(self.turns) - MOST_SHOWN} more")
        return "\n".join(lines)

    def busy(self) -> str:
        running = [str(turn) for turn in self.turns if turn.end is None]
        return f"{listed(running)} {'was' if len(running) == 1 else 'were'}" if running else ""

    def whereabouts(self) -> str:
        """Where each greenlet of the run stands in the student's lines, as text to append to a message."""
        places = dict.fromkeys(line for call in self.calls for line in call.places())
        if self.lane is not None and (stopped := self.stopped()):
            return f"\n             the whole thread, with every greenlet in it, is stopped at {stopped}"
        return super().whereabouts() + "".join(f"\n             a greenlet is at {line}" for line in places)

    def stopped(self) -> str:
        """The student's line at which a thread of the run is that has a hub, and is not in it; if there is one."""
        clocks = (
            [self.lane.clock] if self.lane is not None else [call.clock for call in self.calls if not call.finished]
        )
        return next(filter(None, (clock.stopped() for clock in clocks if clock is not None)), "")

    def ports(self) -> set[int]:
        """The ports at which servers of this run listen."""
        return {server.port for server in self.servers if server.port}

    def close(self) -> None:
        """End the hubs that still run, and fence off the rest."""
        self.closed = True
        for server in self.servers:
            server.close_clients()
        for call in self.calls:
            call.stop()
        if self.lane is not None:
            self.lane.end()
        looks = itertools.count()
        with suppress(CheckFailed):
            super().settle(lambda: not self._running() or (next(looks) > PATIENCE and bool(self.stopped())))
        # What has not ended by now is stuck in the student's code: fenced off as what the student's code started.
        self._own_threads -= self._running()
        self.endless = self.endless or bool(self.stopped())
        for call in self.calls:
            call.clean()
        super().close()

    def _running(self) -> set[threading.Thread]:
        return {thread for thread in self._own_threads if thread.is_alive()}

    # for clocks and calls

    def make_clock(self) -> Clock:
        """The clock of the present thread: that of the lane, or a new one."""
        from autograder.checks.greenlets.clock import make_clock

        return self.lane.clock if self.lane is not None else make_clock(self, jumps_by_itself=True)

    def spins(self, places: Iterable[str]) -> CheckFailed:
        """Say that the code asks again and again and nothing happens; every later check raises that."""
        reason, question = self.reason()
        self.problem = failed(
            self.shown(),
            "the code spins: it asks again and again and nothing new happens"
            + (f"; {reason}" if reason else "".join(f"\n             a greenlet is at {line}" for line in places)),
            "a call that waits for what it needs, and ends",
            question or "Which call would wait until the thing has happened?",
        )
        return self.problem

    # jobs

    def _job(
        self, name: str, shown: str, results: Any, seconds: Any, cleanup: float, fixed: tuple[str, ...] = ()
    ) -> Any:
        import gevent

        from autograder.checks.greenlets.clock import current_clock

        numbers = itertools.count()

        def job(*arguments: Any, **named: Any) -> Any:
            key, number = fixed[0] if fixed else _key(arguments, named), next(numbers)
            result, clock = look_up(results, key, number), current_clock()
            turn = self._begin(shown, key, clock)
            try:
                if clock is not None:
                    took = look_up(seconds, key, number)
                    gevent.sleep(1 if took is None else took)
                turn.how = "raised" if isinstance(result, BaseException) else "done"
            except BaseException as stop:
                turn.how = "killed" if isinstance(stop, gevent.GreenletExit) else f"stopped by {type(stop).__name__}"
                if cleanup and clock is not None:
                    gevent.sleep(cleanup)
                raise
            finally:
                self._end(turn, clock)
            if isinstance(result, BaseException):
                self.raised.append(result)
                raise result
            return result

        job.__name__ = job.__qualname__ = name
        return job

    def _begin(self, job: str, key: Any, clock: Clock | None) -> Turn:
        with self.changed:
            if self.closed:
                raise SystemExit("the test is over")
            who, moment = (clock.who(), clock.moment) if clock is not None else (ELSEWHERE, 0.0)
            turn = Turn(job, key, who, moment)
            self.turns.append(turn)
            self.peak = max(self.peak, sum(turn.end is None for turn in self.turns))
            self._happened(clock)
        return turn

    def _end(self, turn: Turn, clock: Clock | None) -> None:
        with self.changed:
            if clock is None or not clock.over:
                turn.end = clock.moment if clock is not None else 0.0
                self._happened(clock)

    def _happened(self, clock: Clock | None) -> None:
        if clock is not None:
            clock.rounds = 0
        self.progress()

    # words

    def _expect_keys(self, what: str, wanted: Callable[[Turn], bool], keys: Iterable[Any], ask: str) -> None:
        for call in self.calls:
            call.expect_end()
        seen, expected = (sorted(map(describe, some)) for some in ((t.key for t in self.turns if wanted(t)), keys))
        if seen != expected:
            raise self.failed(self.shown(), f"{what}: {listed(seen)}", f"{what}: {listed(expected)}", ask)

    def _job_name(self, number: int) -> str:
        names = {turn.job for turn in self.turns}
        plural = "jobs" if number != 1 else "job"
        name = names.pop() if len(names) == 1 else ""
        return f"{name} {plural}" if name else plural


class _Lane:
    """One thread with a hub in which the calls of a run are made one after the other, and which serves in between."""

    def __init__(self, run: Hub) -> None:
        self.clock: Clock | None = None
        self._run, self._ready, self._calls = run, threading.Event(), None
        run.own_thread(self._body, "gevent hub")
        self._ready.wait()

    def put(self, call: GreenletCall) -> None:
        self.clock.run_callback_threadsafe(self._calls.put_nowait, call)

    def end(self) -> None:
        with suppress(Exception):
            self.clock.throw_into_caller(SystemExit("the test is over"))

    def _body(self) -> None:
        from gevent.queue import SimpleQueue

        from autograder.checks.greenlets.clock import make_clock

        self.clock = make_clock(self._run, jumps_by_itself=False)
        self._calls = SimpleQueue()
        stays = self.clock.async_()  # an active watcher: without one the loop ends as soon as no client is there
        stays.start(lambda: None)
        self._ready.set()
        with suppress(SystemExit):
            while not self._run.closed:
                self._calls.get()._body()
        stays.close()
        self.clock.end()


def _key(arguments: tuple[Any, ...], named: dict[str, Any]) -> Any:
    return plain(arguments[0] if len(arguments) == 1 and not named else (*arguments, *named.values()))
