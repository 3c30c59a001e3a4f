"""One call of student code in an event loop with virtual time, and what became of it."""

from __future__ import annotations

import asyncio
import gc
import inspect
import threading
import traceback
import types
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from autograder.checks.coroutines import tasks
from autograder.checks.coroutines.virtual import VirtualLoop
from autograder.checks.failure import CheckFailed, failed
from autograder.checks.fence import Call, leaves
from autograder.checks.values import describe, describe_exception, plain, same

if TYPE_CHECKING:
    from autograder.checks.coroutines.loop import Loop

_LOOP_RUNS = ("cannot be called from a running event loop", "loop is already running", "another loop is running")


class LoopCall(Call):
    """Made by `Loop.start`, `Loop.start_in_notebook` or `Loop.start_in_script`."""

    run: Loop

    def __init__(self, run: Loop, function: Any, arguments: tuple[Any, ...], how: str, times: int = 1) -> None:
        super().__init__(run, function, arguments)
        if how == "await":
            self.shown = f"await {self.shown}"
        if times > 1:
            self.shown += f", called {times} times in one thread"
        self.function, self.how, self._times = function, how, times
        self.seconds = 0.0  # of the loop's time, from the beginning of the call to its end
        self.left: list[str] = []  # tasks that were pending when the call ended
        self._kept: list[asyncio.Task] = []  # the same; they must not vanish while the test is about them
        self._began = 0.0
        self._task: asyncio.Task | None = None
        self._cancel_at: float | None = None
        self._turns_at_cancel: int | None = None

    def cancel(self, at: float) -> None:
        """Cancel the call when it has run for that many virtual seconds. To be said before anything is expected."""
        if self._began:
            raise ValueError("a call can only be cancelled before it has begun: say so before any expect_...")
        self._cancel_at = at

    def expect_end(self) -> None:
        """The call ends, one way or another; if it cannot, raises CheckFailed with who waits where."""
        self.run.settle(lambda: self.finished)
        if not self.finished:
            raise self._not_ended(self.shown)

    def expect_result(self, expected: Any, ask: str = "", explain: Callable[[Any], str | None] | None = None) -> None:
        """The call returns exactly this plain data; see `Call.expect_result`. Raises CheckFailed."""
        self.expect_end()
        if self.error is None and not same(self.value, expected):
            seen, question = self._wrong_value()
            explained = (explain and explain(self.value)) or ask
            if seen or any(self.run.reason()):
                seen = seen or f"returned {describe(self.value)}{self.busy and f' while {self.busy} still running'}"
                raise self.run.failed(self.shown, seen, describe(expected), explained or question)
        super().expect_result(expected, ask, explain)

    def expect_return(self, ask: str = "") -> None:
        """The call returns, whatever it returns. Raises CheckFailed."""
        self.expect_end()
        if self.error is not None:
            raise self.failed_by_error("the call returns", ask)

    def expect_one_of(self, *values: Any, ask: str = "") -> None:
        """The call returns one of these values, whichever; see `expect_result`. Raises CheckFailed."""
        self.expect_end()
        self.expect_result(next((value for value in values if same(self.value, value)), values[0]), ask)

    def expect_error(
        self, expected: BaseException | type[BaseException], ask: str = "", or_group: bool = False
    ) -> None:
        """The call raises this exception; see `Call.expect_error`. Raises CheckFailed if not."""
        self.expect_end()
        if self.error is None:
            kind = expected if isinstance(expected, type) else type(expected)
            expected_text = kind.__name__ if expected is kind else describe_exception(expected)
            raise self.run.failed(
                self.shown, f"returned {describe(self.value)}", f"{expected_text} reaches the caller", ask
            )
        super().expect_error(expected, ask, or_group)

    def expect_elapsed(self, seconds: float, ask: str = "", slack: float = 0) -> None:
        """From call to end exactly this many virtual seconds went by, and nothing blocked. Raises CheckFailed.

        Parameters: `slack`, seconds that it may take longer, which forgives code that looks again after pauses.
        """
        self.expect_end()
        expected = f"{seconds:g} s from the call to its end"
        if not 0 <= round(self.seconds - seconds, 6) <= slack or self.run.blocked:
            if self.error is not None and self.seconds < seconds:
                raise self.failed_by_error(expected)
            default = "Which of these waits could go on while another one does?"
            if self.seconds < seconds:
                default = "Which wait is missing here?"
            raise self.run.failed(self.shown, f"{self._ended()} after {self.seconds:g} s", expected, ask, default)

    def expect_one_loop(self, seconds: float, ask: str = "", slack: float = 0) -> None:
        """The call of a plain function ran exactly one event loop of its own, for so many seconds. Raises CheckFailed.

        Where the loop ran in another thread or is of a kind that the code chose, its seconds are real and not looked
        at. Parameters: `slack`, as for `expect_elapsed`.
        """
        self.expect_return()
        run, loops = self.run, len(self.run.loops_run)
        expected = "one event loop, and coroutines that have their pauses in it"
        if not loops:
            seen, default = f"{self._ended()}, and no event loop ever ran", "What makes a coroutine run in a script?"
        elif loops > 1:
            seen, default = f"{loops} event loops ran", "How many coroutines can one event loop run at the same time?"
        elif run.slept:
            line, slept = run.slept[0]
            seen = f"{line or 'a sleep'} stopped a thread for {slept:g} s; no coroutine had its pause there"
            default = "Which pause lets one thread run both?"
        elif issubclass(run.loops_run[0], VirtualLoop):
            return self.expect_elapsed(seconds, ask, slack)
        else:
            return None
        raise run.failed(self.shown, seen, expected, default=default)

    def expect_cancelled(self, ask: str = "Which line catches the cancel, and does it pass it on?") -> None:
        """The cancel asked for by `cancel` ends the call at once, and nothing is begun after it. Raises CheckFailed."""
        at = self._cancel_at
        if at is None:
            raise ValueError("say call.cancel(at=SECONDS) first")
        did = f"{self.shown}, cancelled after {at:g} s"
        expected = f"the call ends after {at:g} s, by CancelledError, and nothing is begun after that"
        self.run.settle(lambda: self.finished)
        if not self.finished and self._turns_at_cancel is None:
            raise self._not_ended(did)
        if isinstance(self.error, CheckFailed):  # what was called is no coroutine, say
            raise self.error
        if self._turns_at_cancel is None:
            raise self.run.failed(did, f"{self._ended()} after {self.seconds:g} s already", expected)
        later = sorted(self.run.turns[self._turns_at_cancel :], key=lambda turn: (turn.begin, str(turn)))
        if later:
            seen = f"the cancel was swallowed: {later[0]} was begun after it, at {later[0].begin:g} s"
        elif not self.finished:
            raise self._not_ended(did, "the cancel was swallowed: ")
        elif self.error is None:
            seen = f"the cancel was swallowed: the call {self._ended()} after {self.seconds:g} s"
        elif not issubclass(type(self.error), asyncio.CancelledError):
            seen = f"{self._ended()} in place of CancelledError"
        elif round(self.seconds - at, 6):
            seen = f"the call ended only after {self.seconds:g} s"
        else:
            return
        raise self.run.failed(did, seen, expected, default=ask)

    def expect_running(self, ask: str = "") -> None:
        """When nothing more can happen by itself, the call has not ended: it waits. Raises CheckFailed."""
        self.run.settle()
        if self.finished:
            if isinstance(self.error, CheckFailed | NotImplementedError):
                raise self.failed_by_error("the call still waits", ask)
            raise self.run.failed(self.shown, self._ended(), "the call still waits", ask)

    def expect_nothing_left(self, ask: str = "Who waits for all that was started, before the function ends?") -> None:
        """When the call has ended, no task, thread or child process of it is left, and no coroutine unawaited."""
        self.expect_end()
        run, expected = self.run, "nothing is left behind"
        if run.servers:
            # What only has its last step to take is no matter to the clients of a server.
            run.settle()
            self.left = tasks.listed([task for task in self._kept if not task.done()], run)
        if run.lost or run.unawaited or self.left or self.coroutines():
            raise run.failed(self.shown, f"the call {self._ended()}", expected, default=ask)
        super().expect_nothing_left(ask)

    def failed_by_error(self, expected: str, ask: str = "") -> CheckFailed:
        for leaf in leaves(self.error):
            if isinstance(leaf, CheckFailed):
                return leaf
        text = str(self.error) if type(self.error) in (AttributeError, RuntimeError, TypeError) else ""
        if any(part in text for part in _LOOP_RUNS):
            ask = "A loop already runs in this thread: what can be done with a coroutine there?"
        elif "'coroutine' object" in text or "coroutine objects" in text:
            ask = "What does the call of a coroutine function give, and what makes that run?"
        return super().failed_by_error(expected, ask)

    def coroutines(self) -> list[types.CoroutineType]:
        """The coroutines in what the call returned: nobody has awaited them."""
        return _coroutines_in(self.value)

    # the machinery

    def launch(self, loop: VirtualLoop) -> None:
        """Begin the call; called in the loop's thread."""
        self.thread = threading.current_thread()
        self._began = self.run.now
        self._task = loop.create_own_task(self._perform())
        self.run.own_tasks.add(self._task)
        if self._cancel_at is not None:
            loop.call_at(self._began + self._cancel_at, self._cancel)

    def run_in_script(self) -> None:
        """Make the call, as a script would: no loop runs in this thread."""
        self.run.enter_loop_thread()
        self._began = self.run.now
        self._body()

    def end(self, error: BaseException | None = None) -> None:
        """The call has ended; hold `changed` when calling."""
        self.error = error
        self.finished = True
        self.busy = self.run.busy()
        self.run.ended()

    def drop(self) -> None:
        """Let go of coroutines that the call left unawaited, lest the interpreter warn of them later."""
        asked = self.error.obj if type(self.error) is AttributeError else None
        for coroutine in (*self.coroutines(), *_coroutines_in(self._arguments), *_coroutines_in(asked)):
            coroutine.close()
        if self.error is not None:
            traceback.clear_frames(self.error.__traceback__)

    def _body(self) -> None:
        self.thread = threading.current_thread()
        try:
            function = self._callable()
            for _ in range(self._times - 1):
                function(*self._arguments)
            self._note_end(plain(function(*self._arguments)))
        except BaseException as error:
            self._note_end(error=error)

    async def _perform(self) -> None:
        try:
            value = self._call_as_in_a_cell()
            if self.how == "await":
                if not inspect.isawaitable(value):
                    raise failed(
                        self.shown,
                        f"{self.name} is not a coroutine function: its call gave {describe(value)} at once",
                        f"a coroutine function {self.name}",
                        "What distinguishes the definition of a coroutine function from that of another one?",
                    )
                value = await value
            self._note_end(plain(value))
        except BaseException as error:
            self._note_end(error=error)

    def _call_as_in_a_cell(self) -> Any:
        try:
            return self._callable()(*self._arguments)
        finally:
            if asyncio._get_running_loop() is not self.run.loop:
                asyncio._set_running_loop(self.run.loop)
                raise failed(
                    self.shown,
                    "the event loop that ran before is no longer known as the running one",
                    "a loop that runs on as if nothing had happened",
                    "What else in this notebook asks for the loop that runs?",
                ) from None

    def _note_end(self, value: Any = None, error: BaseException | None = None) -> None:
        run = self.run
        if run.closed or self.finished:
            return
        self.seconds = round(run.now - self._began, 6)
        if self.how != "script":
            self._kept = tasks.pending(run)
            self.left = tasks.listed(self._kept, run)
        gc.collect()
        with run.changed:
            self.value = value
            self.end(error)

    def _cancel(self) -> None:
        if not self._task.done():
            self._turns_at_cancel = len(self.run.turns)
            self._task.cancel()

    def _ended(self) -> str:
        return f"returned {describe(self.value)}" if self.error is None else f"raised {describe_exception(self.error)}"

    def _wrong_value(self) -> tuple[str, str]:
        """What is known about a wrong value: how it came about, and a question; two empty texts if nothing is."""
        many = type(self.value) in (list, tuple)
        kinds = {type(value) for value in (self.value if many else [self.value])}
        if kinds and all(hasattr(kind, "_asyncio_future_blocking") for kind in kinds):
            what = f"{len(self.value)} tasks or futures" if many else "a task or future"
            done = all(future.done() for future in (self.value if many else [self.value]))
            rest = "not what comes out of it" if done else "never awaited"
            return f"returned {what}, {rest}", "What turns a task into its result?"
        results = [turn.result for turn in self.run.by_end() if turn.how == "done"]
        parts = self.value if type(self.value) is tuple else [self.value]
        found = [list(part.values()) if type(part) is dict else part for part in parts]
        if len(results) > 1 and any(same(part, results) for part in found):
            order = "the results are in the order in which the jobs ended"
            return f"returned {describe(self.value)}: {order}", "Which result belongs to which input?"
        return "", ""

    def _not_ended(self, did: str, before: str = "") -> CheckFailed:
        run, expected = self.run, "a call that ends"
        line = tasks.standing(self._task) if self._task is not None else ""
        at = f" at {line}" if line else ""
        if not run.stuck and not run.asleep:
            seen = f"the event loop stands still, because its own thread {'computes' if run.endless else 'waits'}"
            seen += run.whereabouts()
            expected = "only waits that let the other coroutines run"
            return failed(did, before + seen, expected, "What could wake this thread, if nothing else can run in it?")
        if run.stuck == "endless":
            seen = f"the call goes on and on: after {run.so_far()} it is{at or ' not done'}"
            default = "What ends this loop, and does it let time pass?"
        elif busy := run.busy():
            seen, default = f"the call has not ended; it waits{at} while {busy} still running", "Is this still needed?"
        else:
            seen = "the call never ends: every task waits and nothing can wake one of them"
            default = "Who should wake the one that waits here, and can it still do so?"
        failure = run.failed(did, before + seen, expected, default=default)
        waits = tasks.listed(tasks.pending(run), run, where_now=True)
        places = [f"  the call waits{at}"] * bool(at) + [f"  {wait}" for wait in waits]
        return CheckFailed("\n".join([str(failure), "", *places]))


def _coroutines_in(value: Any) -> list[types.CoroutineType]:
    kind = type(value)
    if kind is types.CoroutineType:
        return [value]
    inner = value.values() if kind is dict else value if kind in (list, tuple) else ()
    return [coroutine for item in inner for coroutine in _coroutines_in(item)]
