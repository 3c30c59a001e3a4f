"""Drives the event loop of a run in a thread of its own, on virtual time.

Time is a number. When no coroutine can go on, it jumps to the next timer; when there is none either, nothing will ever
happen again, and that is known at once. While another thread of the run may still do something, time stands still.
"""

from __future__ import annotations

import asyncio
import gc
import math
import sys
import threading
import traceback
import types
import weakref
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from autograder.checks.coroutines import clock, tasks
from autograder.checks.coroutines.virtual import VirtualLoop
from autograder.checks.failure import CheckFailed, failed
from autograder.checks.fence import Run
from autograder.checks.places import line_of, student_line
from autograder.checks.sockets import Server, still
from autograder.checks.values import describe_exception

if TYPE_CHECKING:
    from autograder.checks.coroutines.call import LoopCall

EPOCH = 1000.0  # the loop's time at the beginning: time 0 would be taken for "never" by code that tests for truth
NEVER = math.inf  # seconds: no timer, and a job that does not end by itself
ROUNDS = 10_000  # turns of the event loop without a job or a call that begins or ends, after which the code is spinning
HORIZON = 1.0  # seconds that the loop's time may move while a test with real sockets waits for one thing
JUMPS = 10  # moves of the time, likewise: more of them are polling
UNDER_WAY = 50  # looks at bytes under way, likewise
BLOCKS = 1_000  # blocking sleeps in the loop's thread, after which the code waits that way for what cannot happen
CLOSING = 2_000  # turns of the loop that are granted to tasks for their clean-up when the test is over
ORIGINS = 12  # frames that are looked at for the student's line


class Driver(Run):
    """A run with one event loop. `Loop` says what its jobs do and what must be true of them.

    Parameters: `sockets`, whether the code under test talks through real sockets.
    """

    def __init__(self, sockets: bool = False) -> None:
        self.now = EPOCH  # seconds, of the loop's time
        self.stuck = ""  # "deadlock" or "endless": nothing more comes of this run
        self.broken: BaseException | None = None  # what ended the event loop itself
        self.asleep = False  # the loop has nothing to do and waits for other threads, or for leave to move time
        self.blocked: list[tuple[str, float]] = []  # lines that stopped the loop's thread, and for how many seconds
        self.unawaited: list[str] = []
        self.lost: list[str] = []
        self.uncancelled: list[str] = []  # tasks that were cancelled and returned or raised something else
        self.unseen: list[str] = []  # exceptions of tasks that nobody looked at
        self.made: dict[str, str] = {}  # the student's line that made a task, by the task's name, in order
        self.tasks: weakref.WeakSet[asyncio.Task] = weakref.WeakSet()
        self.own_tasks: weakref.WeakSet[asyncio.Task] = weakref.WeakSet()
        self.servers: list[Server] = []
        self.loops_run: list[type] = []  # the kinds of the student's own event loops, in the order of running
        self.slept: list[tuple[str, float]] = []  # lines that slept in other threads, and for how many seconds
        self.loop_threads: set[int] = set()
        self.home = 0
        self.loop: VirtualLoop | None = None
        self.rounds = 0  # turns of the loop since a job or a call began or ended
        self._sockets = sockets
        self._thread: threading.Thread | None = None
        self._over: asyncio.Future | None = None
        self._new: list[LoopCall] = []
        self._loops: weakref.WeakSet[asyncio.AbstractEventLoop] = weakref.WeakSet()  # those in `loops_run`
        self._entered = False
        self._running = 0
        self._collecting = False
        self._due = NEVER
        self._go = False
        self._new_tasks = False
        self._sleepers: list[threading.Lock] = []
        self._undo: list[Callable[[], None]] = []
        super().__init__()

    def __enter__(self) -> Driver:
        super().__enter__()
        self._entered = True
        clock.enter(self)
        # Lost tasks are looked for at fixed moments only, and only among what is made from now on, which costs little.
        self._collecting = gc.isenabled()
        gc.disable()
        gc.freeze()
        return self

    def elapsed(self) -> float:
        """Seconds of the loop's time since the run began."""
        return round(self.now - EPOCH, 6)

    def prepare(self, call: LoopCall) -> LoopCall:
        """Take on a call; it begins when the run is next settled. Raises RuntimeError outside the `with` block."""
        if not self._entered:
            raise RuntimeError("a Loop is used as a context manager: with Loop() as loop: ...")
        self.calls.append(call)
        self._new.append(call)
        return call

    def settle(self, until: Callable[[], bool] = lambda: False, horizon: float = HORIZON) -> None:
        """Begin the prepared calls, and let time move until nothing more can happen, or until `until` says so.

        Parameters: `horizon`, seconds that the time may move at most where there are real sockets.
        Raises CheckFailed for code that goes on and on.
        """
        if self.closed:
            return
        self._begin_calls()
        if self._sockets:
            self.rounds = 0
        since = self.now

        def enough() -> bool:
            return until() or bool(self.stuck) or self.broken is not None

        looks = jumps = 0
        while True:
            super().settle(enough)
            with self.changed:
                if enough() or self.endless:
                    return
            if self._sockets and looks < UNDER_WAY and not still(self.ports()):
                looks += 1
                continue
            with self.changed:
                if not self.asleep or self._due == NEVER:
                    return
                if self._sockets and (self._due - since > horizon or jumps == JUMPS):
                    return
                jumps += 1
                self._go = True
            self._wake()

    def ports(self) -> set[int]:
        """The ports at which servers of this run listen."""
        return {server.port for server in self.servers if server.port}

    def threads_left(self) -> list[int]:
        # The loop's own executor keeps its idle workers until the loop is closed.
        executor = None if self.closed else getattr(self.loop, "_default_executor", None)
        workers = {thread.ident for thread in getattr(executor, "_threads", ())}
        return [ident for ident in super().threads_left() if ident not in workers]

    def whereabouts(self) -> str:
        """Where the run's threads and tasks stand in the student's lines, as text to append to a message."""
        frames, found = sys._current_frames(), []
        for who, idents in (("the event loop's thread", self.loop_threads), ("a thread", self.threads_left())):
            lines = {student_line(traceback.walk_stack(frames[ident])) for ident in idents if ident in frames} - {""}
            found += [f"{who} is at {line}" for line in sorted(lines)]
        if self.asleep or self.stuck:
            found += tasks.listed(tasks.pending(self), self, where_now=True)
        return "".join(f"\n             {place}" for place in found)

    def close(self) -> None:
        """End the loop and what still runs in it, give the clock back, and fence off the rest."""
        if self.closed:
            return
        with self.changed:
            self.closed = True
            for sleeper in self._sleepers:
                sleeper.release()
            self._sleepers.clear()
        try:
            for server in self.servers:
                server.close_clients()
            self._wake(self._finish)
            with suppress(CheckFailed):
                super().settle(lambda: not any(thread.is_alive() for thread in self._own_threads))
                if self.threads_left():
                    super().settle()  # the workers of the loop's executor are about to end
            for call in self.calls:
                call.drop()
            tasks.keep_for_ever(self)
        finally:
            for undo in self._undo:
                undo()
            clock.leave(self)
            gc.unfreeze()
            if self._collecting:
                gc.enable()
            super().close()

    # for the clock

    def owns_this_thread(self) -> bool:
        return threading.get_ident() in Run.threads_left(self)

    def sleep(self, seconds: float) -> None:
        """Let time pass in the calling thread: the loop's own stops everything, another one sleeps.

        Raises CheckFailed into code that does nothing else in the loop's thread.
        """
        if threading.get_ident() in self.loop_threads:
            self.now += seconds
            if asyncio._get_running_loop() is not None:
                line = student_line(traceback.walk_stack(sys._getframe(1)))
                self.blocked.append((line, seconds))
                if len(self.blocked) >= BLOCKS:
                    raise failed(
                        self.shown(),
                        f"{line} blocks: it stopped the whole event loop {BLOCKS:,} times and more",
                        "only waits that let the other coroutines run",
                        "While this line waits, who can bring about what it waits for?",
                    )
            return
        line = student_line(traceback.walk_stack(sys._getframe(1)))
        sleeper = threading.Lock()
        sleeper.acquire()
        with self.changed:
            if self.closed or self.loop is None:
                return
            self._sleepers.append(sleeper)
            self.slept.append((line, seconds))
            when = self.now + seconds
        with suppress(RuntimeError):  # the loop is closed, and so is the run, soon
            self.loop.call_soon_threadsafe(self._wake_at, when, sleeper)
            sleeper.acquire()

    def never_awaited(self, coroutine: types.CoroutineType) -> None:
        if not self.closed:
            line = line_of(place[:2] for place in coroutine.cr_origin or ())
            self.unawaited.append(f"{coroutine.__name__}(...)" + (f" at {line}" if line else ""))

    def made_task(self, task: asyncio.Task) -> None:
        self._new_tasks = True
        self.tasks.add(task)
        if getattr(task.get_coro(), "cr_code", None) is Driver._main.__code__:
            self.own_tasks.add(task)
        frames = traceback.walk_stack(sys._getframe(2))
        self.made[task.get_name()] = student_line(place for place, _ in zip(frames, range(ORIGINS), strict=False))
        task.add_done_callback(self._task_ended)

    def _task_ended(self, task: asyncio.Task) -> None:
        if task.cancelling() and not task.cancelled() and task not in self.own_tasks and not self.closed:
            line = self.made.get(task.get_name(), "")
            self.uncancelled.append(f"the task made at {line}" if line else f"the task {task.get_name()}")

    def new_loop(self) -> asyncio.AbstractEventLoop:
        # A class of its own, since `nest_asyncio` patches the class of the loop that it finds.
        self.loop = type("EventLoop", (VirtualLoop,), {})(self)
        self.loop.set_exception_handler(self._trouble)
        return self.loop

    def loop_runs(self, loop: asyncio.AbstractEventLoop) -> None:
        is_own = threading.get_ident() == self.home and loop is self.loop
        if not is_own and loop not in self._loops:
            self._loops.add(loop)
            self.loops_run.append(type(loop))

    def select(self, timeout: float | None, real: Callable[[float | None], list[Any]]) -> list[Any]:
        """Stands in for the selector's own: decides whether the loop goes on, moves its time, or waits."""
        if self.closed or self.broken is not None:
            return self._select_at_the_end(timeout, real)
        if self.stuck or not (self._sockets or self._running or self._new):
            return real(None)  # at rest: time goes on only while a call does
        self.rounds += 1
        if self.rounds > ROUNDS:
            return self._stop("endless", real)
        events = real(0)
        if events or (timeout is not None and timeout <= 0):
            return events
        if self._new_tasks:
            self._new_tasks = False
            gc.collect()
            if self.loop._ready:
                return []
        due = self._next_timer()
        if not self._sockets and not Run.threads_left(self):
            if (events := real(0)) or self.loop._ready:
                return events  # what a thread did just before its end
            if due == NEVER:
                return self._stop("deadlock", real)
            self.now = due
            return []
        with self.changed:
            self.asleep, self._due = True, due
        events = real(None)
        with self.changed:
            self.asleep = False
            go, self._go = self._go, False
        if go:
            self.now = max(self.now, due)
        return events

    # the loop's thread

    def _begin_calls(self) -> None:
        with self.changed:
            new = [call for call in self._new if call.how != "script"]
            scripts = [call for call in self._new if call.how == "script"]
            if self.broken is not None:
                for call in self._new:
                    call.end(error=self.broken)
            self._new = new if self.broken is None else []
            self._running += len(scripts)
        for call in (*new, *scripts):
            self._undo.append(clock.swap_names(call.function))
        for call in scripts:
            self.own_thread(call.run_in_script, name=f"call of {call.name}")
        if new and self._thread is None:
            self._thread = self.own_thread(self._body, name="event loop")
        elif new:
            self._wake(self._launch)

    def _body(self) -> None:
        self.enter_loop_thread()
        self.home = threading.get_ident()
        runner = asyncio.Runner(debug=False, loop_factory=self.new_loop)
        try:
            runner.run(self._main())
        except BaseException as error:
            self._broke(error)
        finally:
            with suppress(BaseException):
                runner.close()

    def enter_loop_thread(self) -> None:
        """Say that event loops of this run will run in the present thread."""
        sys.set_coroutine_origin_tracking_depth(ORIGINS)
        self.loop_threads.add(threading.get_ident())

    async def _main(self) -> None:
        self._over = self.loop.create_future()
        self._launch()
        await self._over

    def _launch(self) -> None:
        with self.changed:
            new, self._new = self._new, []
            self._running += len(new)
        for call in new:
            call.launch(self.loop)

    def ended(self) -> None:
        """A call has ended; hold `changed` when calling."""
        self._running -= 1
        self.rounds = 0
        self.progress()

    def _broke(self, error: BaseException) -> None:
        with self.changed:
            if self.closed:
                return
            if type(error) is RuntimeError and "Event loop stopped" in str(error):
                error = failed(
                    self.shown(),
                    "the code stopped the event loop itself, with all that still ran in it",
                    "a coroutine that ends by itself, in a loop that somebody else runs",
                    "Whose loop is this, and who still needs it?",
                )
            self.broken = error
            for call in self.calls:
                if not call.finished:
                    call.end(error=error)
            self.progress()

    def _stop(self, why: str, real: Callable[[float | None], list[Any]]) -> list[Any]:
        with self.changed:
            self.stuck = why
            self.progress()
        return real(None)

    def _select_at_the_end(self, timeout: float | None, real: Callable[[float | None], list[Any]]) -> list[Any]:
        self.rounds = max(self.rounds, ROUNDS) + 1
        events = real(0)
        if events or (timeout is not None and timeout <= 0):
            if self.rounds < ROUNDS + CLOSING:
                return events
        elif self._next_timer() < NEVER and self.rounds < ROUNDS + CLOSING:
            self.now = self._next_timer()
            return []
        raise SystemExit("the test is over")

    def _next_timer(self) -> float:
        timers = self.loop._scheduled
        return timers[0]._when if timers else NEVER

    def _wake(self, callback: Callable[[], Any] = lambda: None) -> None:
        if self.loop is not None:
            with suppress(RuntimeError):  # it is closed
                self.loop.call_soon_threadsafe(callback)

    def _wake_at(self, when: float, sleeper: threading.Lock) -> None:
        def wake() -> None:
            with self.changed:
                if sleeper in self._sleepers:
                    self._sleepers.remove(sleeper)
                    sleeper.release()

        self.loop.call_at(when, wake)

    def _finish(self) -> None:
        if self._over is not None and not self._over.done():
            self._over.set_result(None)

    def _trouble(self, _: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """The loop's exception handler: nothing is printed, and what the student should know is kept."""
        if self.closed:
            return
        task, error = context.get("task"), context.get("exception")
        if task is not None and "destroyed" in context.get("message", ""):
            self.lost.append(self._vanished(task.get_name()))
        elif isinstance(error, Exception):
            self.unseen.append(describe_exception(error))

    def _vanished(self, task: str) -> str:
        line = self.made.get(task, "")
        return f"the task made{line and f' at {line}'} vanished before it was done"
