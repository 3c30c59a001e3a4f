"""Runs one call of student code in a thread of its own, and says truly how it ended, or why it will not.

The thread is a daemon, whatever it raises is caught, and what it leaves behind (threads, child processes) is named
and fenced off, so that a deadlock costs one test and nothing else. Waiting ends with the call, or as soon as nothing
more can happen (`quiet`); a limit bounds only code that computes or sleeps on and on.
"""

from __future__ import annotations

import concurrent.futures.thread
import gc
import inspect
import multiprocessing
import multiprocessing.pool
import os
import pickle
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Future
from contextlib import suppress
from time import monotonic  # as it is now, whatever the student makes of the module
from typing import Any

from autograder.checks import quiet
from autograder.checks.belongings import MOST_OUTPUT, Belongings, left_changed
from autograder.checks.failure import CheckFailed, failed
from autograder.checks.interrupt import end_soon
from autograder.checks.places import student_line
from autograder.checks.student import Reference
from autograder.checks.values import describe, describe_exception, plain, same

LOOK = 0.002  # seconds between two looks at the threads; an event ends the wait earlier
LONGEST_LOOK = 0.01  # likewise, when something has been computing for a while
SPIN = 3.0  # seconds of processor time without progress, after which a run counts as endless
ASLEEP = quiet.REACH  # seconds without progress, likewise, for code that sleeps, or where threads cannot be looked at
STARVED = (
    120.0  # seconds, likewise, for code that is seen at work but gets no processor, on a machine that has none left
)
STILL = 1.0  # seconds without progress that count as quiet where threads cannot be looked at
_SOCKET, _LOOP = "open socket", "event loop"

quiet.ignore_existing()


class Run:
    """One run of student code: its calls, what belongs to it, and the wait until it is settled.

    Use it as a context manager: leaving it ends or fences off what the run left behind.
    """

    servers: Sequence[Any] = ()  # of the student's: whether their sockets are open is a matter of their clients'
    # See `quiet.Quiet` and its `seen`; another thing where threads talk with a server that is not looked at.
    futile: float = quiet.FUTILE
    reach: float = quiet.REACH

    def __init__(self) -> None:
        self.changed = threading.Condition()
        self.calls: list[Call] = []
        self.closed = False
        self.endless = False  # a call goes on and on: waiting for it is over
        self._progress = 0
        self.belongings = Belongings()
        self.belongings.bound_output()
        _rest_history()
        quiet.ignore_busy()
        self._threads_before = _python_threads()
        self._children_before = quiet.descendants()
        self._own_threads: set[threading.Thread] = set()
        self._pollers: set[int] = set()

    def __enter__(self) -> Run:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def start(self, function: Any, *arguments: Any) -> Call:
        """Call a function of the student's (`student.NAME`) with these arguments in a thread of its own."""
        call = Call(self, function, arguments)
        self.calls.append(call)
        self.own_thread(call._body, name=f"call of {call.name}")
        return call

    def own_thread(self, body: Callable[[], None], name: str) -> threading.Thread:
        """Start a daemon thread that belongs to the checks: never counted as left behind by the student."""
        thread = threading.Thread(target=body, name=name, daemon=True)
        self._own_threads.add(thread)
        thread.start()
        return thread

    def progress(self) -> None:
        """Say that something happened; hold `changed` when calling."""
        self._progress += 1
        self.changed.notify_all()

    def settle(self, until: Callable[[], bool] = lambda: False) -> None:
        """Wait until nothing more can happen by itself, or `until` (asked with `changed` held) says that it is enough.

        Raises CheckFailed for code that goes on and on.
        """
        while True:
            mended = self.belongings.mended
            try:
                return self._settle(until)
            except:  # noqa: E722 - the student's code may have deleted any name that could stand here
                self.belongings.mend_builtins()
                if self.belongings.mended == mended:
                    raise

    def _settle(self, until: Callable[[], bool]) -> None:
        look = quiet.Quiet(self.futile, self._pollers)
        with self.changed:
            if self.endless:
                return
            seen, began, cpu, pause = self._progress, monotonic(), quiet.processor_time(), LOOK
            asleep = began
            while True:
                is_quiet = until() or look.seen(quiet.SOON if self.holds() else self.reach)
                if is_quiet:
                    return self._settled()
                # What computes needs the processor more than who looks at it.
                pause = min(pause * 1.25, LONGEST_LOOK) if look.running else LOOK
                self.changed.wait(pause)
                now = monotonic()
                if self._progress != seen:
                    seen, began, asleep, cpu = self._progress, now, now, quiet.processor_time()
                elif is_quiet is None and now - began > STILL:
                    return self._settled()
                if look.running:
                    asleep = now
                spinning = quiet.processor_time() - cpu > SPIN
                if spinning or now - asleep > ASLEEP or now - began > STARVED:
                    break
        self.endless = True
        raise failed(
            self.shown(),
            f"the code goes on and on without an end ({'computing' if spinning else 'sleeping or computing'})"
            + self.whereabouts(),
            "a call that ends",
            "Which loop or wait in these lines has no way to end?",
        )

    def expect_room(self) -> None:
        """The run has not printed more than it may. Raises CheckFailed."""
        if self.belongings.output_exceeded():
            raise failed(
                self.shown(),
                f"the code printed more than {MOST_OUTPUT:,} characters and was stopped",
                "a few lines at most",
                "Is there a print in a loop that goes on for long?",
            )

    def expect_nothing_changed(self) -> None:
        """No call that has ended left modules changed that everybody uses. Raises CheckFailed."""
        if not any(call.finished for call in self.calls):
            return
        if changed := self.belongings.changed():
            raise left_changed(self.shown(), changed)

    def _settled(self) -> None:
        self.belongings.mend_builtins()
        self.expect_room()
        self.expect_nothing_changed()
        for call in self.calls:
            if not call.finished and (error := self._stuck_pool()):
                call.error, call.finished = error, True
            if call.finished and call.busy is None:
                call.busy = self.busy()

    def _stuck_pool(self) -> BaseException | None:
        """The error over which a process pool of the run is stuck, if there is one.

        Where a pool is shut down while it tells of a job that it could not pickle, Python 3.11 raises the error in the
        caller; in 3.12 and 3.13 it may happen that the two threads wait for each other (seen in 3.13.0).
        """
        frames = sys._current_frames()
        del frames[threading.get_ident()]  # would be a cycle, and keep alive what the code of all threads holds
        for ident in self.threads_left():
            for frame, _ in traceback.walk_stack(frames[ident]) if ident in frames else ():
                if frame.f_code.co_name == "_on_queue_feeder_error":
                    return frame.f_locals["e"]
        return None

    def shown(self) -> str:
        """The call as the student would write it."""
        return self.calls[0].shown if self.calls else ""

    def busy(self) -> str:
        """The jobs that are running now, with their verb ("a and b were"), or nothing; `Gate` knows of some."""
        return ""

    def holds(self) -> bool:
        """Whether the test holds something of the run, so that a long time-out must not end before it lets go."""
        return False

    def threads_left(self) -> list[int]:
        """Identifiers of the Python threads that the run started and that are there, without the checks' own."""
        before = self._threads_before
        return [
            ident
            for ident, thread in _python_threads().items()
            # By the thread and not by its number, which may be that of an ended one before.
            if thread not in self._own_threads and (ident not in before or before[ident] is not thread)
        ]

    def has_open_pool(self) -> bool:
        """Whether a pool of processes that the run made has not been shut down and waited for."""
        kind = getattr(sys.modules.get("concurrent.futures.process"), "_ExecutorManagerThread", None)
        if kind is None:
            return False
        threads = _python_threads()
        return any(isinstance(threads.get(ident), kind) for ident in self.threads_left())

    def leftovers(self) -> list[str]:
        """What the run started or opened and that is still there, in words."""
        threads = _python_threads()
        loops, sockets = _loops_of([] if self.servers else self.belongings.sockets())
        # The thread that feeds a queue of processes lives as long as the queue, which an exception may keep.
        feed = getattr(getattr(sys.modules.get("multiprocessing.queues"), "Queue", None), "_feed", threads)
        feeders = {ident for ident, thread in threads.items() if getattr(thread, "_target", None) is feed}
        return [
            f"{number} {one if number == 1 else many}"
            for number, one, many in (
                (len(set(self.threads_left()) - feeders), "thread", "threads"),
                (len(self.children_left()), "child process", "child processes"),
                (len(loops), f"{_LOOP} that is not closed", f"{_LOOP}s that are not closed"),
                (len(sockets), _SOCKET, f"{_SOCKET}s"),
            )
            if number
        ]

    def children_left(self) -> list[int]:
        """Child processes that the run started and that are there, without the helpers of `multiprocessing`."""
        if quiet.CAN_SEE:
            found = {pid for pid in quiet.descendants() if quiet.alive(pid)}
        else:
            found = {child.pid for child in multiprocessing.active_children()}
        return sorted(pid for pid in found - self._children_before if not quiet.is_helper(pid))

    def whereabouts(self) -> str:
        """Where each thread of the run stands in the student's lines, as text to append to a message."""
        frames = sys._current_frames()
        callers = [call.thread.ident for call in self.calls if call.thread and not call.finished]
        found = []
        for who, idents in (("the caller", callers), ("a thread", self.threads_left())):
            lines = {student_line(traceback.walk_stack(frames[ident])) for ident in idents if ident in frames} - {""}
            found += [f"\n             {who} is at {line}" for line in sorted(lines)]
        return "".join(found)

    def close(self) -> None:
        """End what can be ended, fence off the rest; safe to call twice."""
        self.closed = True
        with suppress(CheckFailed):
            self.settle()
        if left := self.children_left():
            self._end_children(left)
        self.changed_modules = self.belongings.put_back()
        left = self.threads_left() + [call.thread.ident for call in self.calls if call.thread and not call.finished]
        for thread in threading.enumerate():
            # Python waits at exit for the workers of every pool; a stuck one would keep the kernel from ending.
            if thread.ident in left:
                with suppress(AttributeError, KeyError):
                    del concurrent.futures.thread._threads_queues[thread]
        if left:
            end_soon(left)
            quiet.ignore_existing()

    def _end_children(self, left: list[int]) -> None:
        for pool in gc.get_objects():
            # A multiprocessing.Pool would start a new process for each one that ends.
            if type(pool) is multiprocessing.pool.Pool and {process.pid for process in pool._pool} & set(left):
                self.own_thread(pool.terminate, "end of a pool")
        for pid in left:
            with suppress(OSError):
                os.kill(pid, signal.SIGKILL)
        with suppress(CheckFailed):
            self.settle()


class Call:
    """One call of student code and what became of it. Made by `Run.start`, `Gate.start` or `call`."""

    def __init__(self, run: Run, function: Any, arguments: tuple[Any, ...]) -> None:
        self.run = run
        self.name = function.name if isinstance(function, Reference) else describe(function)
        self.shown = f"{self.name}({', '.join(map(describe, arguments))})"
        self.finished = False
        self.busy: str | None = None  # the jobs that were still running when the call had ended, once that is known
        self.value: Any = None
        self.error: BaseException | None = None
        self.thread: threading.Thread | None = None
        self.open_pool = False  # whether a pool of processes was open when the call had ended
        self._function, self._arguments = function, arguments

    def _body(self) -> None:
        self.thread = threading.current_thread()
        try:
            try:
                value = self._invoke(self._callable())
            finally:
                self.open_pool = self.run.has_open_pool()  # looked for at once: a pool that is collected ends later
            # A list that is filled after the return would look right by the time the test reads it.
            self.value = plain(value)
        except BaseException as error:
            self.error = error
        finally:
            self.run.belongings.mend_builtins()
            with self.run.changed:
                self.finished = True
                self.run.progress()

    def _callable(self) -> Callable[..., Any]:
        function = self._function.get() if isinstance(self._function, Reference) else self._function
        if not callable(function):
            raise failed(
                self.name,
                f"{self.name} is {describe(function)}, which cannot be called",
                f"a function or class named {self.name}",
                f"Is the name {self.name} used for something else further down?",
            )
        return function

    def _invoke(self, function: Callable[..., Any]) -> Any:
        return function(*self._arguments)

    def expect_result(self, expected: Any, ask: str = "", explain: Callable[[Any], str | None] | None = None) -> None:
        """The call returns exactly this plain data (strictly: types too).

        Parameters: `ask`, the question that helps; `explain`, given the wrong value, answers a better question for
        a known mistake, or None. Raises CheckFailed.
        """
        self.expect_end()
        if self.error is not None:
            raise self.failed_by_error("the call to return " + describe(expected), ask)
        if not same(self.value, expected):
            seen = f"returned {describe(self.value)}{self.busy and f' while {self.busy} still running'}"
            if describe(self.value) == describe(expected):
                seen += f", which only looks the same (it is {_kind(self.value)})"
            question = (explain and explain(self.value)) or _about(self.value) or ask
            raise failed(self.shown, seen, describe(expected), question)

    def expect_return(self, ask: str = "") -> None:
        """The call returns, whatever its result is. Raises CheckFailed if it raises or never ends."""
        self.expect_end()
        if self.error is not None:
            raise self.failed_by_error("the call to return", ask)

    def expect_error(
        self, expected: BaseException | type[BaseException], ask: str = "", or_group: bool = False
    ) -> None:
        """The call raises this exception: of this class, or this very one. Raises CheckFailed if not.

        Parameters: `or_group`, whether a group that holds it counts too, as a `TaskGroup` raises it.
        """
        self.expect_end()
        kind = expected if isinstance(expected, type) else type(expected)
        text = kind.__name__ if isinstance(expected, type) else describe_exception(expected)
        if self.error is None:
            raise failed(self.shown, f"returned {describe(self.value)}", f"{text} reaches the caller", ask)
        if isinstance(self.error, CheckFailed | NotImplementedError):
            raise self.failed_by_error(f"{text} reaches the caller")
        errors = [self.error, *(leaves(self.error) if or_group else ())]
        if not any(issubclass(type(each), kind) and (expected is kind or same(each, expected)) for each in errors):
            raise self.failed_by_error(f"{text} reaches the caller", ask)

    def expect_error_text(self, text: str, ask: str = "") -> None:
        """The call raises an exception whose text, or a note on it, contains this one. Raises CheckFailed if not."""
        self.expect_error(Exception)
        if _about_error(self.error):
            raise self.failed_by_error(f"an exception with a text that contains {text!r}")
        try:
            said = "\n".join([str(self.error), *getattr(self.error, "__notes__", ())])
        except Exception as error:
            said = f"(no text: its __str__ raises {type(error).__name__})"
        if text not in said:
            seen = f"raised {type(self.error).__name__} with the text {describe(said)}"
            raise failed(self.shown, seen, f"a text that contains {text!r}", ask)

    def expect_end(self) -> None:
        """The call ends, one way or another; if it cannot, raises CheckFailed with who waits where."""
        self.run.settle()
        if self.finished:
            return
        if busy := self.run.busy():
            raise failed(
                self.shown,
                f"the call has not ended; it waits while {busy} running" + self.run.whereabouts(),
                "the call ends without waiting for that",
                "Which result is still needed at this point?",
            )
        raise failed(
            self.shown,
            "the call never ends: every thread waits and nothing can wake one of them" + self.run.whereabouts(),
            "a call that ends",
            "Who should wake the one that waits here, and can it still do so?",
        )

    def expect_nothing_left(self, ask: str = "Who waits for the workers to end before the function does?") -> None:
        """When the call has ended, no thread, child process or open socket of it is left. Raises CheckFailed.

        Ask while the run is open: closing it ends what was left. Raises RuntimeError afterwards.
        """
        if self.run.closed:
            raise RuntimeError("the run is closed, which ended all that was left: ask inside `with Run() as run:`")
        self.expect_end()
        self.run.settle()
        left = self.run.leftovers()
        ended = "raised" if self.error is not None else "returned"
        if self.busy:
            raise failed(
                self.shown, f"the call {ended} while {self.busy} still running", "nothing is left running", ask
            )
        if left:
            for name in (_SOCKET, _LOOP):
                if all(name in what for what in left):
                    ask = f"Who closes the {name.removeprefix('open ')} when it is no longer needed?"
            raise failed(
                self.shown, f"the call {ended} and left {' and '.join(left)} behind", "nothing is left running", ask
            )
        if self.open_pool:
            seen = f"the call {ended} before its pool was shut down and its processes had ended"
            raise failed(self.shown, seen, "nothing is left running", ask)

    def failed_by_error(self, expected: str, ask: str = "") -> CheckFailed:
        error = self.error
        if isinstance(error, CheckFailed):
            return error
        line = _raised_at(error)
        if isinstance(error, NotImplementedError):
            return failed(
                self.shown,
                f"{self.name} is not written yet: it raises NotImplementedError",
                expected,
                "Have you replaced the line `raise NotImplementedError()` and run the cell again?",
            )
        seen = f"raised {describe_exception(error)}" + (f" at {line}" if line else "")
        return failed(self.shown, seen, expected, _about_error(error) or ask)


def call(function: Any, *arguments: Any) -> Call:
    """Call a function of the student's (`student.NAME`) and wait until it has ended.

    Returns the Call, to be asked with `expect_result` or `expect_error`. Raises CheckFailed when it never ends.
    """
    with Run() as run:
        started = run.start(function, *arguments)
        started.expect_end()
        return started


def leaves(error: BaseException | None) -> list[BaseException]:
    """The exceptions in a group of exceptions, and in the groups in it; of any other exception, none."""
    if type(error) not in (ExceptionGroup, BaseExceptionGroup):
        return []
    return [leaf for inner in error.exceptions for leaf in (leaves(inner) or [inner])]


def _python_threads() -> dict[int, threading.Thread | None]:
    """All threads that run Python now, by identifier; None for one that was started without `threading`."""
    known = {t.ident: t for t in threading.enumerate() if not isinstance(t, threading._DummyThread)}
    return {ident: known.get(ident) for ident in sys._current_frames()}


def _loops_of(sockets: list[Any]) -> tuple[list[Any], list[Any]]:
    """The event loops of asyncio that use some of these sockets to wake themselves, and the other sockets."""
    kind = getattr(sys.modules.get("asyncio"), "AbstractEventLoop", None)
    if not sockets or kind is None:
        return [], sockets
    used = {id(one): one for one in sockets}
    loops = [one for one in gc.get_objects() if issubclass(type(one), kind) and id(getattr(one, "_ssock", 0)) in used]
    own = {id(getattr(loop, name, 0)) for loop in loops for name in ("_ssock", "_csock")}
    return loops, [one for one in sockets if id(one) not in own]


def _rest_history() -> None:
    """Stop the thread that saves IPython's history, until IPython starts it again.

    IPython does that before each fork, and waits for it. It may be slow, for all kernels of a person share one file;
    in the middle of a run, that would look as if the student's code waited for ever.
    """
    manager = getattr(sys.modules.get("IPython.core.history"), "HistoryManager", None)
    for one in list(getattr(manager, "_instances", ())):
        thread = one.save_thread
        while thread is not None and thread.is_alive():
            thread._stop_now = True
            thread.save_flag.set()  # again and again: the thread may clear it before it looks at the other
            thread.join(LOOK)
        one._stop_thread()


def _about(value: Any) -> str:
    """The question for a value that is none of the results that a function could be asked for."""
    if value is None:
        return "Does every way through the function end with a `return` of its result?"
    first = value[0] if type(value) in (list, tuple) and value else value
    if isinstance(first, Future):
        return "A future is the promise of a result: who asks it for the result itself?"
    if inspect.iscoroutine(first):
        return "A coroutine does nothing before it is awaited: who awaits this one?"
    if isinstance(value, Iterator):
        return "An iterator is not yet the list of what it gives: who runs through it?"
    return ""


def _about_error(error: BaseException) -> str:
    """The question for an error that comes from the way in which the work was handed over."""
    said = describe_exception(error)
    if isinstance(error, pickle.PicklingError) or "pickle" in said or "local object" in said:
        return "A worker process finds a function by its module and name: can it find this one?"
    if isinstance(error, BrokenExecutor):
        return "What ends a worker early: can it import its function by name, and be understood in what it sends back?"
    if isinstance(error, TypeError) and "object is not callable" in said:
        return "Which is handed over to be called: a function, or what a function has returned already?"
    return ""


def _raised_at(error: BaseException) -> str:
    return student_line(reversed(list(traceback.walk_tb(error.__traceback__))))


def _kind(value: Any) -> str:
    name = type(value).__name__
    return f"an {name}" if name[:1] in "aeiouAEIOU" else f"a {name}"
