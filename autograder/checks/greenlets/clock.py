"""gevent's own loop with timers on a number in place of the time of day.

When nothing is ready to run, time jumps to the next timer. A greenlet cannot tell the difference, except that nobody
has to wait. Imports gevent, so it is imported only when there is something to run.
"""

from __future__ import annotations

import asyncio
import heapq
import itertools
import sys
import threading
import traceback
import weakref
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import gevent
from gevent.hub import Hub as GeventHub
from gevent.hub import get_hub, set_hub

from autograder.checks.coroutines import clock as stand_ins
from autograder.checks.failure import CheckFailed
from autograder.checks.places import student_line

if TYPE_CHECKING:
    from autograder.checks.greenlets.hub import Hub

ROUNDS = 10_000  # switches and jumps of the clock without a job that begins or ends, after which the code is spinning
MOST_BLOCKED = 10  # sleeps of the whole thread that are kept for messages
EPOCH = 1000.0  # the clock's reading at the beginning: 0 would be taken for "never" by code that tests for truth
CALLER, GREENLET = "caller", "greenlet"

_clocks: dict[int, Clock] = {}  # by the identifier of the thread in which the clock runs


class Timer:
    """Stands in for a timer watcher of the loop."""

    pending = False

    def __init__(self, clock: Clock, after: float, repeat: float, ref: bool, priority: int | None) -> None:
        self.clock, self.after, self.repeat, self.ref, self.priority = clock, after, repeat, ref, priority or 0
        self.callback: Callable[..., Any] | None = None
        self.args: tuple[Any, ...] = ()
        self.due: tuple[float, int, int] | None = None  # moment, then smaller numbers first

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


class _QuietHub(GeventHub):
    """A hub that keeps the errors of greenlets instead of printing them."""

    def print_exception(self, context: Any, kind: Any, value: Any, tb: Any) -> None:
        if isinstance(value, BaseException) and not isinstance(value, CheckFailed):
            self.loop.errors.append(value)


class Clock(gevent.config.loop):
    """The loop of one thread. Made by `make_clock`, in that thread."""

    run_of: Hub
    jumps_by_itself: bool

    def __init__(self, default: bool) -> None:
        super().__init__(default=default)
        self.moment = 0.0  # virtual seconds since the beginning
        self.rounds = 0
        # What a greenlet that was killed held open is closed when nobody refers to it any more.
        self._spawned: list[weakref.ref[gevent.Greenlet]] = []
        self.errors: list[BaseException] = []
        self.caller = gevent.getcurrent()
        self.thread = threading.get_ident()
        self.over = False  # the call has ended: what its greenlets do from now on is no news
        self._time = _Time(self)
        self._timers: list[tuple[tuple[float, int, int], Timer]] = []
        self._numbers = itertools.count()
        self._nothing_ready = self.idle()

    # what gevent calls

    def timer(self, after: float, repeat: float = 0.0, ref: bool = True, priority: int | None = None) -> Timer:
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

    # how time moves

    def next_moment(self) -> float | None:
        """The moment of the next timer that keeps the loop going, or None."""
        moments = [due[0] for due, timer in self._timers if timer.ref and due[0] < float("inf")]
        return min(moments, default=None)

    def jump(self) -> None:
        """Called when nothing is ready to run: move to the next timer and let it go off."""
        if self._callbacks or not self._timers:
            return
        self._count()
        (moment, _, _), timer = heapq.heappop(self._timers)
        self.moment = max(self.moment, moment)
        callback, args, timer.due = timer.callback, timer.args, None
        if timer.repeat:
            self.schedule(timer, timer.repeat)
        self._watch()
        callback(*args)

    def _watch(self) -> None:
        if not self.jumps_by_itself or self.next_moment() is None:
            self._nothing_ready.stop()
        elif not self._nothing_ready.active:
            self._nothing_ready.start(self.jump)

    def _count(self) -> None:
        self.rounds += 1
        if self.rounds == ROUNDS:
            super().run_callback(self.caller.throw, self.run_of.spins(self.places()))

    def now(self) -> float:
        """Seconds, as gevent's own loop tells them."""
        return EPOCH + self.moment

    def sleep(self, seconds: float) -> None:
        """A sleep of the whole thread: time passes, and no greenlet can use it."""
        self.moment += seconds
        if len(self.run_of.blocked) < MOST_BLOCKED:
            self.run_of.blocked.append((student_line(traceback.walk_stack(sys._getframe(1))), seconds))
        self.rounds += 10
        if self.rounds >= ROUNDS:
            raise self.run_of.spins(self.places())

    # what the run asks

    @property
    def greenlets(self) -> list[gevent.Greenlet]:
        """Those that were spawned and have not ended, in the order in which they were."""
        known = (reference() for reference in self._spawned)
        return [greenlet for greenlet in known if greenlet is not None and not greenlet.dead]

    def spawned(self, greenlet: gevent.Greenlet) -> None:
        """A greenlet has been spawned."""
        self._spawned.append(weakref.ref(greenlet))

    def who(self) -> str:
        """Who is running: the caller, or a greenlet of its own."""
        return CALLER if gevent.getcurrent() is self.caller else GREENLET

    def run_ready(self) -> None:
        """Let run what is ready, such as a greenlet just killed; time stands still from now on."""
        self.jumps_by_itself = False
        self._watch()
        for _ in range(100):
            if not self._callbacks:
                return
            with suppress(BaseException):
                gevent.idle()

    def left(self) -> list[str]:
        """What is unfinished, in words."""
        greenlets = len(self.greenlets)
        timeouts = any(timer.args[:1] == (self.caller,) for _, timer in self._timers)
        found = [f"{greenlets} greenlet{'s' * (greenlets > 1)}"] * bool(greenlets)
        return found + ["a gevent.Timeout that would strike what runs next"] * timeouts

    def places(self) -> list[str]:
        """The student's lines at which the greenlets stand."""
        me = gevent.getcurrent()
        frames = [sys._getframe() if each is me else each.gr_frame for each in (self.caller, *self.greenlets)]
        lines = (student_line(traceback.walk_stack(frame)) for frame in frames if frame is not None)
        return list(dict.fromkeys(filter(None, lines)))

    def stopped(self) -> str:
        """The student's line at which the thread itself is, if it is not in the hub; to be asked in another thread."""
        return student_line(traceback.walk_stack(frame)) if (frame := sys._current_frames().get(self.thread)) else ""

    def throw_into_caller(self, error: BaseException) -> None:
        """Make the thread's first greenlet raise this, wherever it waits; to be called in another thread."""
        self.run_callback_threadsafe(self.caller.throw, error)

    def enter(self) -> None:
        """Take `time` over, in the clock's own thread."""
        stand_ins.enter(self._time)

    def leave(self) -> None:
        """Give `time` back to everybody, also when the thread is stuck for good. Safe to call twice."""
        stand_ins.leave(self._time)
        _clocks.pop(self.thread, None)

    def end(self) -> None:
        """Kill what is left, and destroy the hub; to be called in the clock's own thread, at its end."""
        self.over = True
        gevent.killall(self.greenlets, block=False)
        self.run_ready()
        self.leave()
        get_hub().destroy(destroy_loop=True)


class _Time:
    """What `time.sleep` and the clocks of `time` are in the thread of a clock: see `coroutines.clock`."""

    def __init__(self, clock: Clock) -> None:
        self._clock, self.sleep = clock, clock.sleep
        self.loop_threads = {clock.thread}

    @property
    def now(self) -> float:
        return self._clock.now()

    def owns_this_thread(self) -> bool:
        return False

    def never_awaited(self, coroutine: Any) -> None:
        pass

    def new_loop(self) -> asyncio.AbstractEventLoop:
        return asyncio.SelectorEventLoop()


def make_clock(run: Hub, jumps_by_itself: bool) -> Clock:
    """Give the present thread a hub of its own on a clock of its own.

    Parameters: `jumps_by_itself`, whether time moves as soon as nothing is ready, or only by `jump`.
    """
    gevent.Greenlet.add_spawn_callback(_spawned)
    clock = Clock(default=False)  # the loop's own constructor sees the arguments too, so they must be its own
    clock.run_of, clock.jumps_by_itself = run, jumps_by_itself
    set_hub(_QuietHub(loop=clock))
    _clocks[clock.thread] = clock
    clock.enter()
    return clock


def current_clock() -> Clock | None:
    """The clock of the present thread, if it has one."""
    return _clocks.get(threading.get_ident())


def _spawned(greenlet: gevent.Greenlet) -> None:
    if (clock := current_clock()) is not None:
        clock.spawned(greenlet)
