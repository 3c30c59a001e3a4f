"""One call of student code in a gevent hub, and what became of it."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from autograder.checks.coroutines.clock import swap_names
from autograder.checks.failure import CheckFailed, failed
from autograder.checks.fence import Call
from autograder.checks.places import student_line
from autograder.checks.sockets import still
from autograder.checks.values import describe, same

if TYPE_CHECKING:
    from autograder.checks.greenlets.clock import Clock
    from autograder.checks.greenlets.hub import Hub

ROUNDS = 500  # looks at bytes under way
TINY = 1e-9  # seconds: two sums of the same numbers may differ by less


class GreenletCall(Call):
    """Made by `Hub.start`."""

    run: Hub

    def __init__(self, run: Hub, function: Any, arguments: tuple[Any, ...]) -> None:
        super().__init__(run, function, arguments)
        self.seconds = 0.0  # how long the call took, in virtual seconds
        self.left: list[str] = []  # what was unfinished when the call ended
        self.left_at_once: list[str] = []  # likewise, before anything that was ready could run
        self.clock: Clock | None = None
        self._places: list[str] | None = None
        self._undo: Callable[[], None] = lambda: None

    def expect_end(self) -> None:
        """The call ends, one way or another; if it cannot, raises CheckFailed with who waits where."""
        self.run.settle(lambda: self.finished or self.run.problem is not None)
        if self.run.problem is not None:
            raise self.run.problem
        if self.finished:
            return
        if stopped := self.run.stopped():
            raise failed(
                self.shown,
                f"{stopped} blocks: it stops the whole thread, with every greenlet in it",
                "only waits that let other greenlets run meanwhile",
                "Which module does this come from, and what does gevent have in its place?",
            )
        if self.run.lane is not None:
            seen = "the call has not returned, and nothing is under way that it could wait for"
            expected, question = "the call returns", "What does it wait for, and who sees to it that this comes?"
            if self.name.endswith(".start"):
                expected = "the call returns, and the serving goes on in greenlets"
                question = "Which call serves for ever, and which one only begins to?"
            raise failed(self.shown, seen + self.run.whereabouts(), expected, question)
        super().expect_end()

    def expect_result(self, expected: Any, ask: str = "", explain: Callable[[Any], str | None] | None = None) -> None:
        """The call returns exactly this plain data; see `Call.expect_result`. Raises CheckFailed."""
        self.expect_end()
        errors = self.clock.errors if self.clock is not None else []
        own = [error for error in errors if not any(error is known for known in self.run.raised)]
        if any(self.run.reason()) and self.error is None and not same(self.value, expected):
            seen = f"returned {describe(self.value)}"
            raise self.run.failed(self.shown, seen, describe(expected))
        if self.busy and self.error is None:
            ask = "Who waits for the greenlets that were spawned?"
        elif not ask and own:
            ask = f"A greenlet raised {describe(own[0])}: who looks at the errors of the greenlets?"
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
        expected = "gevent.Timeout or TimeoutError reaches the caller"
        if self.error is None:
            raise failed(self.shown, f"returned {describe(self.value)}", expected, ask)
        if not isinstance(self.error, TimeoutError) and not _is_timeout(self.error):
            raise self.failed_by_error(expected, ask)

    def expect_elapsed(self, seconds: float, ask: str = "", late: float = 0.0) -> None:
        """From call to end, exactly this many virtual seconds went by. Raises CheckFailed.

        Parameters: `late`, how many seconds more it may be, for code that looks at its greenlets now and then.
        """
        self.expect_end()
        expected = f"{seconds:g} s from the call to its end"
        if -TINY <= self.seconds - seconds <= late + TINY:
            return
        if self.error is not None and self.seconds < seconds:
            raise self.failed_by_error(expected, ask)
        default = "Which of these waits could go on while another one does?"
        if self.seconds < seconds:
            default = (
                "Who waits for the greenlets that were spawned?" if self.left else "What runs at once that may not?"
            )
        still_running = f" while {self.busy} still running" if self.busy else ""
        seen = f"{self._ended()} after {self.seconds:g} s{still_running}"
        raise self.run.failed(self.shown, seen, expected, ask, default)

    def expect_nothing_left(self, ask: str = "Who joins or kills the greenlets before the function ends?") -> None:
        """When the call has ended, no greenlet, no running gevent.Timeout and no thread of it is left."""
        self.expect_end()
        if isinstance(self.error, CheckFailed | NotImplementedError) or _is_deadlock(self.error):
            raise self.failed_by_error("nothing is left running")
        if self.run.lane is not None:
            self._wait_for_greenlets()
        if self.left and not self.busy:
            seen = f"the call {self._ended()} and left {' and '.join(self.left)} behind" + self.run.whereabouts()
            raise failed(self.shown, seen, "nothing is left running", ask, self.run.picture())
        if self.run.lane is not None and self.left_at_once:
            seen = f"the call {self._ended()} before {' and '.join(self.left_at_once)} of it had ended"
            ask = "They ended a moment later. Who waits for that?"
            raise failed(self.shown, seen, "nothing is left running when the call has ended", ask, self.run.picture())
        super().expect_nothing_left(ask)

    def failed_by_error(self, expected: str, ask: str = "") -> CheckFailed:
        line = student_line(reversed(list(traceback.walk_tb(self.error.__traceback__))))
        if _is_deadlock(self.error):
            seen = "every greenlet waits and nothing can wake one of them (gevent raised LoopExit)"
            places = dict.fromkeys(filter(None, (line, *self.places())))
            seen += "".join(f"\n             a greenlet is at {place}" for place in places)
            question = "Who should wake the one that waits here, and can it still do so?"
            return failed(self.shown, seen, expected, question, self.run.picture())
        if _is_timeout(self.error):
            seen = f"gevent.Timeout ({self.error}) left the function" + (f" at {line}" if line else "")
            question = "gevent.Timeout is a BaseException, not an Exception: who catches it?"
            return failed(self.shown, seen, expected, ask or question)
        reason, question = self.run.reason()
        if reason and not isinstance(self.error, CheckFailed | NotImplementedError):
            return failed(self.shown, f"{self._ended()}; {reason}", expected, question, self.run.picture())
        return super().failed_by_error(expected, ask)

    def places(self) -> list[str]:
        """The student's lines at which the greenlets of the call wait, or waited when it ended."""
        if self.run.lane is None and self._places is not None:
            return self._places
        return self.clock.places() if self.clock is not None else []

    def stop(self) -> None:
        """Make a call that has not ended give up, if its hub still listens."""
        if not self.finished and self.clock is not None:
            with suppress(Exception):
                self.clock.throw_into_caller(SystemExit("the test is over"))

    def clean(self) -> None:
        """Put the names of `time` back where the student imported them, also when the call is stuck for good."""
        self._undo()
        if self.clock is not None:
            self.clock.leave()

    # the machinery

    def _body(self) -> None:
        try:
            super()._body()
        finally:
            if self.run.lane is None and self.clock is not None:
                self.clock.end()

    def _invoke(self, function: Callable[..., Any]) -> Any:
        self.clock = clock = self.run.make_clock()
        self._undo = swap_names(function)
        began = clock.moment
        try:
            return function(*self._arguments)
        finally:
            self.seconds = clock.moment - began
            self.left_at_once = clock.left()
            if self.run.lane is None:
                clock.run_ready()
                self.left, self._places = clock.left(), clock.places()
                clock.over = True

    def _ended(self) -> str:
        return "returned" if self.error is None else f"raised {describe(self.error)}"

    def _wait_for_greenlets(self) -> None:
        for _ in range(ROUNDS):
            self.run.settle(lambda: not self.clock.left())
            if not self.clock.left() or still(self.run.ports()):
                break
        self.left = self.clock.left()


def _is_deadlock(error: BaseException | None) -> bool:
    return error is not None and type(error).__name__ == "LoopExit" and type(error).__module__.startswith("gevent")


def _is_timeout(error: BaseException | None) -> bool:
    return any(kind.__name__ == "Timeout" and kind.__module__.startswith("gevent") for kind in type(error).__mro__)
