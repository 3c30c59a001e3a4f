"""Runs student code that uses gevent in a thread and a hub of its own, on a clock that jumps.

Jobs made here sleep for virtual seconds: as soon as nothing else can run, the clock jumps to the next moment at which
something will. So the elapsed time is an exact number, a bound on greenlets is seen as an exact peak, and nothing is
ever waited for. The kernel is never patched, and what would patch it is refused.
"""

from __future__ import annotations

import functools
import heapq
import itertools
import math
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from autograder.checks import quiet
from autograder.checks.failure import CheckFailed, failed
from autograder.checks.fence import ASLEEP, LOOK, STILL, Call, Run, student_line
from autograder.checks.student import Reference
from autograder.checks.values import describe, plain, same

ROUNDS = 20_000  # switches and jumps of the clock without a job that begins or ends, after which the code is spinning


@dataclass(eq=False)
class Turn:
    """One call of a job, from its begin to its end, in virtual seconds."""

    job: str
    key: Any
    who: str
    begin: float
    end: float | None = None
    how: str = ""

    def __str__(self) -> str:
        inside = ", ".join(map(describe, self.key)) if type(self.key) is tuple else describe(self.key)
        return f"{self.job}({inside})"


class Hub(Run):
    """A run of student code in a gevent hub of its own, on virtual time. Use it as a context manager.

    `job` makes functions for the student's code to call; `start` makes the call, which runs to its end by itself;
    the `expect_...` of the hub and of the call then say what must have happened. Raises CheckFailed when the
    notebook's own process has been monkey-patched.
    """

    def __init__(self) -> None:
        refuse_patching()
        if patched := patched_modules():
            raise failed(
                "monkey.patch_all()",
                f"the notebook's own process has been patched: {', '.join(patched)}",
                "a kernel whose modules are those of Python",
                "Does a cell call gevent.monkey? Remove that and restart the kernel.",
            )
        self.turns: list[Turn] = []
        self.peak = 0
        super().__init__()

    def job(self, name: str, results: Mapping[Any, Any] | None = None, seconds: Any = 1) -> Callable[..., Any]:
        """A function that takes virtual seconds and then answers from a table.

        Parameters: `name`, as messages call it; `results`, the answer for each argument (for several arguments, the
        tuple of them; for none, `()`), where an exception is raised instead, and what is missing answers None;
        `seconds`, how long each call takes, or a mapping that says it for each argument.
        """

        def job(*arguments: Any, **named: Any) -> Any:
            key = plain(arguments[0] if len(arguments) == 1 and not named else (*arguments, *named.values()))
            lasts = _look_up(seconds, key) if isinstance(seconds, Mapping) else seconds
            result = _look_up(results or {}, key)
            clock = _clocks.get(threading.get_ident())
            turn = self._begin(name, key, clock)
            try:
                if clock is not None:
                    _gevent().sleep(lasts)
                turn.how = "raised" if isinstance(result, BaseException) else "done"
            except BaseException as stop:
                turn.how = "killed" if type(stop).__name__ == "GreenletExit" else f"stopped by {type(stop).__name__}"
                raise
            finally:
                self._end(turn, clock)
            if isinstance(result, BaseException):
                raise result
            return result

        job.__name__ = job.__qualname__ = name
        return job

    def start(self, function: Any, *arguments: Any) -> GreenletCall:
        """Call a function of the student's (`student.NAME`) with these arguments in a thread and hub of its own."""
        call = GreenletCall(self, function, arguments)
        self.calls.append(call)
        self.own_thread(call._body, name=f"call of {call.name}")
        return call

    def expect_peak(self, number: int, ask: str = "") -> None:
        """At the busiest moment exactly this number of jobs was running, each in a greenlet. Raises CheckFailed."""
        expected = f"{number} jobs running at the same time, and never more"
        for call in self.calls:
            call.expect_end()
            call.expect_greenlets(expected)
        if self.peak == number:
            return
        for call in self.calls:
            if call.error is not None:
                raise call.failed_by_error(expected)
        in_caller = next((turn for turn in self.turns if turn.who == _CALLER), None)
        if self.peak > number:
            seen, default = f"{self.peak} at the same time", "What bounds the number of greenlets here?"
        elif not self.turns:
            seen, default = "no job ever ran", "Who gives the spawned greenlets the time to run?"
        elif in_caller and self.peak == 1:
            seen = f"one at a time: {in_caller} ran in the greenlet that called {self.calls[0].name}"
            default = "Is the job called right here, or handed to a greenlet to be called there?"
        else:
            seen = "one at a time" if self.peak == 1 else f"never more than {self.peak} at the same time"
            default = "Does the code wait for one greenlet before it spawns the next?"
            default = default if self.peak == 1 else "How large is the pool?"
        raise failed(self.shown(), seen, expected, ask or default, self.picture())

    def expect_started(self, *keys: Any, ask: str = "") -> None:
        """Exactly the jobs with these arguments have begun, in any order. Raises CheckFailed."""
        for call in self.calls:
            call.expect_end()
        begun = sorted(describe(turn.key) for turn in self.turns)
        if begun != sorted(map(describe, keys)):
            raise failed(
                self.shown(),
                f"begun: {', '.join(begun) or 'nothing'}",
                f"begun: {', '.join(map(describe, keys)) or 'nothing'}",
                ask,
                self.picture(),
            )

    def picture(self) -> str:
        """Who ran what and when, in virtual seconds, as a few lines of text: one a greenlet."""
        lines: dict[str, list[str]] = {}
        for turn in self.turns:
            until = "..." if turn.end is None else f"{turn.end:g} s{'' if turn.how == 'done' else f' {turn.how}'}"
            lines.setdefault(turn.who, []).append(f"{turn} {turn.begin:g} - {until}")
        width = max(map(len, lines), default=0)
        return "\n".join(f"  {who:<{width}} | {', '.join(turns)}" for who, turns in lines.items())

    def busy(self) -> str:
        running = [str(turn) for turn in self.turns if turn.end is None]
        listed = ", ".join(running[:6]) + (f" and {len(running) - 6} more" if len(running) > 6 else "")
        return f"{listed} {'was' if len(running) == 1 else 'were'}" if running else ""

    def whereabouts(self) -> str:
        """Where each greenlet of the run stands in the student's lines, as text to append to a message."""
        return super().whereabouts() + _listed(line for call in self.calls for line in call.places())

    def close(self) -> None:
        """End the hubs that still run, and fence off the rest."""
        self.closed = True
        for call in self.calls:
            call.stop()
        with suppress(CheckFailed):
            self.settle()
        super().close()

    def _begin(self, job: str, key: Any, clock: Any) -> Turn:
        with self.changed:
            if self.closed:
                raise SystemExit("the test is over")
            who = clock.who() if clock is not None else _ELSEWHERE
            turn = Turn(job, key, who, clock.moment if clock is not None else 0.0)
            self.turns.append(turn)
            self.peak = max(self.peak, sum(turn.end is None for turn in self.turns))
            self._happened(clock)
        return turn

    def _end(self, turn: Turn, clock: Any) -> None:
        with self.changed:
            if clock is None or not clock.over:
                turn.end = clock.moment if clock is not None else 0.0
                self._happened(clock)

    def _happened(self, clock: Any) -> None:
        if clock is not None:
            clock.rounds = 0
        self.progress()


class GreenletCall(Call):
    """One call of student code in a gevent hub of its own. Made by `Hub.start`."""

    def __init__(self, run: Run, function: Any, arguments: tuple[Any, ...]) -> None:
        super().__init__(run, function, arguments)
        self.seconds = 0.0  # how long the call took, in virtual seconds
        self.problem: CheckFailed | None = None  # what must not happen under gevent, whatever came of it
        self.left: list[str] = []  # what was unfinished when the call ended
        self._clock: Any = None

    def expect_end(self) -> None:
        """The call ends, without stopping the thread or spinning on the way. Raises CheckFailed if not."""
        if self.problem is None:
            super().expect_end()
        if self.problem is not None:
            raise self.problem

    def expect_result(self, expected: Any, ask: str = "", explain: Callable[[Any], str | None] | None = None) -> None:
        """The call returns exactly this plain data; see `Call.expect_result`. Raises CheckFailed."""
        error = next(iter(self._clock.errors), None) if self._clock is not None else None
        if not ask and error is not None:
            ask = f"A greenlet raised {describe(error)}: who looks at the errors of the greenlets?"
        super().expect_result(expected, ask, explain)

    def expect_error(self, expected: BaseException | type[BaseException], ask: str = "") -> None:
        """The call raises this exception: of this class, or this very one. Raises CheckFailed if not."""
        self.expect_end()
        if _is_deadlock(self.error):
            raise self.failed_by_error(f"{describe(expected).removeprefix('the class ')} reaches the caller")
        super().expect_error(expected, ask)

    def expect_timeout(self, ask: str = "Who gives up when the time is over?") -> None:
        """The call ends because the time is over: by `gevent.Timeout` or `TimeoutError`. Raises CheckFailed."""
        self.expect_end()
        if not isinstance(self.error, TimeoutError | _gevent().Timeout):
            expected = "gevent.Timeout or TimeoutError reaches the caller"
            if self.error is not None:
                raise self.failed_by_error(expected, ask)
            raise failed(self.shown, f"returned {describe(self.value)}", expected, ask)

    def expect_elapsed(self, seconds: float, ask: str = "") -> None:
        """From call to end, exactly this many virtual seconds went by. Raises CheckFailed."""
        self.expect_end()
        expected = f"{seconds:g} seconds from the call to its end"
        self.expect_greenlets(expected)
        if math.isclose(self.seconds, seconds, abs_tol=1e-9):
            return
        ended = "returned" if self.error is None else f"raised {describe(self.error)}"
        default = "Which of these waits could go on while another one does?"
        if self.seconds < seconds:
            default = "Who waits for the greenlets that were spawned?"
            if self.error is not None:
                raise self.failed_by_error(expected)
        raise failed(
            self.shown,
            f"{ended} after {self.seconds:g} seconds" + (f" while {self.busy} still running" if self.busy else ""),
            expected,
            ask or default,
            self.run.picture(),
        )

    def expect_nothing_left(self, ask: str = "Who joins or kills the greenlets before the function ends?") -> None:
        """When the call has ended, no greenlet, no running gevent.Timeout and no thread of it is left."""
        super().expect_nothing_left(ask)
        if self.left:
            ended = "raised" if self.error is not None else "returned"
            seen = f"the call {ended} and left {' and '.join(self.left)} behind"
            raise failed(self.shown, seen, "nothing is left running", ask, self.run.picture())

    def expect_greenlets(self, expected: str) -> None:
        """All jobs ran in the call's own thread. Raises CheckFailed naming one that ran elsewhere."""
        if turn := next((turn for turn in self.run.turns if turn.who == _ELSEWHERE), None):
            raise failed(
                self.shown,
                f"{turn} ran in another thread, not in a greenlet of the thread that called {self.name}",
                expected,
                "Which part of the code starts threads, and what does gevent have in its place?",
            )

    def failed_by_error(self, expected: str, ask: str = "") -> CheckFailed:
        if _is_deadlock(self.error):
            return failed(
                self.shown,
                "every greenlet waits and nothing can wake one of them (gevent raised LoopExit)"
                + _listed(self.places()),
                expected,
                "Who should wake the one that waits here, and can it still do so?",
                self.run.picture(),
            )
        if isinstance(self.error, _gevent().Timeout):
            ask = ask or "gevent.Timeout is a BaseException, not an Exception: who catches it?"
            line = student_line(reversed(list(traceback.walk_tb(self.error.__traceback__))))
            return failed(
                self.shown,
                f"gevent.Timeout ({self.error}) left the function" + (f" at {line}" if line else ""),
                expected,
                ask,
            )
        return super().failed_by_error(expected, ask)

    def places(self) -> list[str]:
        """The student's lines at which the greenlets of the call wait."""
        return self._clock.places() if self._clock is not None else []

    def report(self, seen: str, expected: str, ask: str) -> CheckFailed:
        """Keep what was found while the call ran: every `expect_...` raises it from now on."""
        self.problem = self.problem or failed(self.shown, seen, expected, ask)
        return self.problem

    def stop(self) -> None:
        """Make a call that has not ended give up, if its hub still listens."""
        if not self.finished and self._clock is not None:
            with suppress(Exception):
                self._clock.throw_into_caller(SystemExit("the test is over"))

    def _body(self) -> None:
        try:
            super()._body()
        finally:
            if self._clock is not None:
                self._clock.destroy_hub()

    def _invoke(self, function: Callable[..., Any]) -> Any:
        self._clock = _clock_class().make(self)
        with _sleep_seen(function):
            try:
                return function(*self._arguments)
            finally:
                self.seconds = self._clock.moment
                self._clock.run_ready()
                self.left = self._clock.left()
                self._clock.over = True


class Server(Run):
    """An object of the student's that serves clients by gevent, in a thread and a hub of its own, on real time.

    Parameters: `factory`, the student's class (`student.EchoServer`), and its `arguments`. The object is made, and
    each of its methods called, in that thread, which serves between the calls. Use it as a context manager.
    """

    def __init__(self, factory: Any, *arguments: Any) -> None:
        refuse_patching()
        super().__init__()
        self.name = factory.name if isinstance(factory, Reference) else factory.__name__
        self.problem: CheckFailed | None = None
        self._factory, self._arguments = factory, arguments
        self._object: Any = None
        self._clock: Any = None
        self._calls: Any = None
        self._ready = threading.Event()
        self.own_thread(self._serve, f"hub of {self.name}")

    def __enter__(self) -> Server:
        self._object = self._done(self._call(self._factory, self.name, *self._arguments))
        return self

    def start(self) -> None:
        """Call the object's `start()`, which must return and leave the serving to greenlets. Raises CheckFailed."""
        self._done(self.call("start"))

    def stop(self) -> None:
        """Call the object's `stop()`. Raises CheckFailed when it raises or never returns."""
        self._done(self.call("stop"))

    @property
    def port(self) -> int:
        """The object's `port`, a number from 1 to 65535. Raises CheckFailed when it is none."""
        value = self._done(self._call(lambda: self._object.port, f"{self.name}.port"))
        if type(value) is not int or not 0 < value < 65536:
            raise failed(f"{self.name}.port", describe(value), "the number of the port on which it listens, 1 to 65535")
        return value

    def call(self, method: str, *arguments: Any) -> Call:
        """Call a method of the object in the server's thread; the Call may be asked what became of it."""
        name = f"{self.name}.{method}"
        return self._call(lambda *arguments: getattr(self._object, method)(*arguments), name, *arguments)

    def expect_nothing_left(self, ask: str = "Who ends the greenlets that serve the clients?") -> None:
        """After `stop`, no greenlet of the server is left. Raises CheckFailed if one is."""
        self._wait(lambda: not self._clock.left())
        if left := self._clock.left():
            seen = f"left {' and '.join(left)} behind" + self.whereabouts()
            raise failed(self.shown(), seen, "nothing is left running", ask)

    def whereabouts(self) -> str:
        places = self._clock.places() if self._clock is not None else []
        return super().whereabouts() + _listed(places)

    def shown(self) -> str:
        """The latest call of a method, as the student would write it."""
        return self.calls[-1].shown if self.calls else self.name

    def report(self, seen: str, expected: str, ask: str) -> CheckFailed:
        """Keep what was found while the server ran: every later call raises it."""
        self.problem = self.problem or failed(self.name, seen, expected, ask)
        return self.problem

    def close(self) -> None:
        """End the thread and whatever still serves in it."""
        self.closed = True
        if self._clock is not None:
            with suppress(Exception):
                self._clock.throw_into_caller(SystemExit("the test is over"))
        with suppress(CheckFailed):
            self.settle()
        super().close()

    def _call(self, function: Any, name: str, *arguments: Any) -> Call:
        self._ready.wait()
        call = Call(self, function, arguments)
        call.name, call.shown = name, f"{name}({', '.join(map(describe, arguments))})"
        self.calls.append(call)
        self._clock.run_callback_threadsafe(self._calls.put_nowait, call)
        return call

    def _wait(self, is_so: Callable[[], bool]) -> None:
        """Wait until that is so, or nothing more can happen; timers of the server's own do not count as happening."""
        look, limit = quiet.Quiet(), time.monotonic() + (ASLEEP if quiet.CAN_SEE else STILL)
        with self.changed:
            while not is_so() and not look.seen() and time.monotonic() < limit:
                self.changed.wait(LOOK)

    def _done(self, call: Call) -> Any:
        self._wait(lambda: call.finished)
        if self.problem is not None:
            raise self.problem
        if not call.finished:
            raise failed(
                call.shown,
                "the call has not returned" + self.whereabouts(),
                "a call that returns at once, with the serving left to greenlets",
                "Which call serves for ever, and which one only begins to?",
            )
        if call.error is not None:
            raise call.failed_by_error("a call that returns")
        return call.value

    def _serve(self) -> None:
        from gevent.queue import SimpleQueue

        self._clock = _clock_class().make(self, real=True)
        self._calls = SimpleQueue()
        stays = self._clock.async_()  # an active watcher: without one the loop ends as soon as no client is there
        stays.start(lambda: None)
        self._ready.set()
        with suppress(SystemExit), _sleep_seen(self._factory):
            while not self.closed:
                self._calls.get()._body()
        stays.close()
        self._clock.destroy_hub()


def refuse_patching() -> None:
    """From now on `gevent.monkey` refuses to patch this process: a kernel does not survive it. Safe to call twice."""
    from gevent import events

    if _refuse not in events.subscribers:
        events.subscribers.append(_refuse)


def patched_modules() -> list[str]:
    """Names of the modules of this process that `gevent.monkey` has patched."""
    monkey = sys.modules.get("gevent.monkey")
    return sorted(name for name in getattr(monkey, "saved", {}) if not name.startswith("_"))


# the machinery

_CALLER = "caller"
_ELSEWHERE = "another thread"
_real_sleep = time.sleep
_clocks: dict[int, Any] = {}  # the virtual clock of each thread that has one, by the thread's identifier


def _gevent() -> Any:
    import gevent

    return gevent


def _refuse(event: Any) -> None:
    from gevent.events import GeventWillPatchEvent

    if isinstance(event, GeventWillPatchEvent):
        raise failed(
            "gevent.monkey",
            "a call that patches the modules of the notebook's own process" + _at_student_line(),
            "no patching here: the kernel itself runs on these modules and would end",
            "Does this code need patching at all, or does it belong into a program of its own?",
        )


def _sleep(seconds: float) -> None:
    """What `time.sleep` is during a run: in a thread with a virtual clock it would stop all greenlets, so it raises."""
    clock = _clocks.get(threading.get_ident())
    if clock is None:
        return _real_sleep(seconds)
    raise clock.of.report(
        f"time.sleep({describe(seconds)}) stops the thread and every greenlet in it" + _at_student_line(),
        "only waits that let the other greenlets run",
        "Which sleep hands the thread over to the next greenlet?",
    )


@contextmanager
def _sleep_seen(function: Any) -> Iterator[None]:
    """Puts `_sleep` wherever the code under test would find `time.sleep`: in its module, and in `time` itself."""
    name = function.module if isinstance(function, Reference) else getattr(function, "__module__", None)
    module = sys.modules.get(name or "__main__", time)
    places = [(space, name) for space in (vars(time), vars(module)) for name in space if space[name] is _real_sleep]
    for space, name in places:
        space[name] = _sleep
    try:
        yield
    finally:
        for space, name in places:
            space[name] = _real_sleep


def _listed(places: Iterable[str]) -> str:
    return "".join(f"\n             a greenlet is at {line}" for line in dict.fromkeys(places))


def _at_student_line() -> str:
    line = student_line(traceback.walk_stack(sys._getframe(1)))
    return f" at {line}" if line else ""


def _spawned(greenlet: Any) -> None:
    if (clock := _clocks.get(threading.get_ident())) is not None:
        clock.greenlets.append(greenlet)


def _is_deadlock(error: BaseException | None) -> bool:
    return error is not None and type(error).__name__ == "LoopExit" and type(error).__module__.startswith("gevent")


def _look_up(table: Mapping[Any, Any], key: Any) -> Any:
    return next((value for known, value in table.items() if same(known, key)), None)


@functools.cache
def _clock_class() -> type:
    """The class of virtual clocks: gevent's own loop, but with timers on a number in place of the time of day."""
    import gevent
    from gevent.hub import Hub as GeventHub
    from gevent.hub import get_hub, set_hub

    gevent.Greenlet.add_spawn_callback(_spawned)

    class QuietHub(GeventHub):
        """A hub that keeps the errors of greenlets instead of printing them."""

        def print_exception(self, context: Any, kind: Any, value: Any, tb: Any) -> None:
            if isinstance(value, BaseException) and not isinstance(value, CheckFailed):
                self.loop.errors.append(value)

    class Timer:
        """Stands in for a timer watcher of the loop."""

        pending = False

        def __init__(self, clock: Clock, after: float, repeat: float, ref: bool, priority: int | None) -> None:
            self.clock, self.after, self.repeat, self.ref, self.priority = clock, after, repeat, ref, priority or 0
            self.callback: Callable[..., Any] | None = None
            self.args: tuple[Any, ...] = ()
            self.due: tuple[float, int, int] | None = None

        @property
        def active(self) -> bool:
            return self.due is not None

        def start(self, callback: Callable[..., Any], *args: Any, update: bool | None = None) -> None:
            self.callback, self.args = callback, args
            self.clock.schedule(self, self.after)

        again = start

        def stop(self) -> None:
            self.callback, self.args = None, ()
            self.clock.unschedule(self)

        close = stop

        def __enter__(self) -> Timer:
            return self

        def __exit__(self, *_: object) -> None:
            self.close()

    class Clock(gevent.config.loop):
        """The loop of one call, in the thread that makes it."""

        of: GreenletCall | Server
        real: bool

        def __init__(self, default: bool) -> None:
            super().__init__(default=default)
            self.moment = 0.0
            self.rounds = 0
            self.greenlets: list[Any] = []
            self.errors: list[BaseException] = []
            self.caller = gevent.getcurrent()
            self._names: dict[Any, str] = {self.caller: _CALLER}
            self._timers: list[tuple[tuple[float, int, int], Timer]] = []
            self._numbers = itertools.count()
            self.over = False  # the call has ended: what its greenlets do from now on is no news
            self._stopped = False
            self._nothing_ready = self.idle()

        @classmethod
        def make(cls, of: GreenletCall | Server, real: bool = False) -> Clock:
            """A new clock in this thread, with a hub on it; on `real` time for who deals with sockets."""
            clock = cls(default=False)  # the class below takes the arguments too, so they must be its own
            clock.of, clock.real = of, real
            set_hub(QuietHub(loop=clock))
            _clocks[threading.get_ident()] = clock
            return clock

        # what gevent calls

        def timer(self, after: float, repeat: float = 0.0, ref: bool = True, priority: int | None = None) -> Any:
            if self.real:
                return super().timer(after, repeat, ref, priority)
            return Timer(self, after, repeat, ref, priority)

        def run_callback(self, function: Callable[..., Any], *args: Any) -> Any:
            self._count()
            return super().run_callback(function, *args)

        # what timers call

        def schedule(self, timer: Timer, after: float) -> None:
            self.unschedule(timer)
            timer.due = (self.moment + max(after, 0), -timer.priority, next(self._numbers))
            heapq.heappush(self._timers, (timer.due, timer))
            self._watch()

        def unschedule(self, timer: Timer) -> None:
            if timer.due is not None:
                self._timers.remove((timer.due, timer))
                heapq.heapify(self._timers)
                timer.due = None
                self._watch()

        def _watch(self) -> None:
            if self._stopped or not any(timer.ref for _, timer in self._timers):
                self._nothing_ready.stop()
            elif not self._nothing_ready.active:
                self._nothing_ready.start(self._jump)

        def _jump(self) -> None:
            """Called when nothing is ready to run: the clock jumps to the next timer."""
            if self._callbacks:
                return
            self._count()
            (moment, _, _), timer = heapq.heappop(self._timers)
            self.moment = max(self.moment, moment)
            callback, args, timer.due = timer.callback, timer.args, None
            if timer.repeat:
                self.schedule(timer, timer.repeat)
            self._watch()
            callback(*args)

        def _count(self) -> None:
            self.rounds += not self.real
            if self.rounds == ROUNDS:
                problem = self.of.report(
                    "the code spins: it asks again and again and nothing new happens" + _listed(self.places()),
                    "a call that waits for what it needs, and ends",
                    "Which call would wait until the thing has happened?",
                )
                super().run_callback(self.caller.throw, problem)

        # what the call asks

        def who(self) -> str:
            greenlet = gevent.getcurrent()
            return self._names.setdefault(greenlet, f"greenlet {len(self._names)}")

        def run_ready(self) -> None:
            """Let run what is ready, such as a greenlet just killed; the clock stands still from now on."""
            self._stopped = True
            self._watch()
            for _ in range(100):
                if not self._callbacks:
                    return
                with suppress(BaseException):
                    gevent.idle()

        def left(self) -> list[str]:
            greenlets = sum(not greenlet.dead for greenlet in self.greenlets)
            timeouts = sum(timer.args[:1] == (self.caller,) for _, timer in self._timers)
            found = [f"{greenlets} greenlet{'s' * (greenlets > 1)}"] * bool(greenlets)
            return found + ["a gevent.Timeout that would strike what runs next"] * bool(timeouts)

        def places(self) -> list[str]:
            me, alive = gevent.getcurrent(), [g for g in (self.caller, *self.greenlets) if not g.dead]
            frames = [sys._getframe() if greenlet is me else greenlet.gr_frame for greenlet in alive]
            lines = (student_line(traceback.walk_stack(frame)) for frame in frames if frame is not None)
            return list(dict.fromkeys(filter(None, lines)))

        def throw_into_caller(self, error: BaseException) -> None:
            self.run_callback_threadsafe(self.caller.throw, error)

        def destroy_hub(self) -> None:
            gevent.killall([greenlet for greenlet in self.greenlets if not greenlet.dead], block=False)
            self.run_ready()
            del _clocks[threading.get_ident()]
            get_hub().destroy(destroy_loop=True)

    return Clock
