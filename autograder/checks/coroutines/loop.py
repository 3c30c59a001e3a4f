"""What a test cell says of coroutines: the jobs that they call, the calls, and what must be true of both.

No job sleeps: each takes seconds of the loop's virtual time, so that elapsed times, the order of events and the
greatest number of jobs at once are exact.
"""

from __future__ import annotations

import asyncio
import itertools
import weakref
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from autograder.checks.coroutines.call import LoopCall
from autograder.checks.coroutines.drive import ROUNDS, Driver
from autograder.checks.failure import CheckFailed, failed
from autograder.checks.sockets import Server, serve
from autograder.checks.values import describe, listed, look_up, plain

MOST_TURNS = 500  # jobs begun, after which the code counts as endless
MOST_SHOWN = 12  # jobs in a picture
BAR = 30  # characters

_SWALLOWED = "the cancel was swallowed: "
_WORDS = {"done": "is done", "raised": "raises", "cancelled": "is cancelled", "lost": "is lost"}


@dataclass(eq=False)
class Turn:
    """One call of a job; times are seconds of the loop's time since the run began."""

    job: str
    key: Any
    begin: float
    task: str
    is_cancelling: bool = False  # whether its task had been told to cancel, and not taken that back, when it began
    end: float | None = None
    how: str = ""  # done, raised, cancelled or lost
    result: Any = None

    def __str__(self) -> str:
        inside = ", ".join(map(describe, self.key)) if type(self.key) is tuple else describe(self.key)
        return f"{self.job}({inside})" if self.job else str(self.key)


class Loop(Driver):
    """A run whose coroutines have an event loop of their own, in a thread of its own. Use it as a context manager.

    `job`, `jobs` and `blocking_job` make what the student's code calls; `start` prepares a call, which runs when the
    first `expect_...` asks for it, to its end, on virtual time.

    Parameters: `sockets`, whether the code under test talks through real sockets: time then stands still as long as
    a byte may arrive, and moves by `HORIZON` at most while a test waits.
    """

    def __init__(self, sockets: bool = False) -> None:
        self.turns: list[Turn] = []
        self.peak = 0
        self._events: list[tuple[float, str, str]] = []
        self._ended: list[Turn] = []
        self._elsewhere: list[str] = []  # jobs that ran in an event loop that is not this one
        super().__init__(sockets)

    def __enter__(self) -> Loop:
        super().__enter__()
        return self

    # what the test hands to the student's code

    def job(self, name: str, results: Any = None, seconds: Any = 1, cleanup: float = 0) -> Callable[..., Any]:
        """A coroutine function that takes virtual seconds and then answers from a table.

        Parameters: `name`, as messages call it; `results`, the answer for each argument (for several arguments, the
        tuple of them; for none, `()`), or a list with the answer of the first call, the second, ... (the last one
        stays), where an exception is raised instead and what is missing answers None; `seconds`, how long each call
        takes, or a mapping or list that says it likewise (1 where it does not), `NEVER` for a job that does not end;
        `cleanup`, how long it takes to end when cancelled.
        """
        return self._async_job(name, results, seconds, cleanup)

    def jobs(self, results: Mapping[str, Any], seconds: Any = 1, cleanup: float = 0) -> dict[str, Callable[..., Any]]:
        """Coroutine functions without parameters, by name, each as `job` makes them from the same tables."""
        return {name: self._async_job(name, results, seconds, cleanup, (name,)) for name in results}

    def blocking_job(self, name: str, results: Any = None, seconds: Any = 1) -> Callable[..., Any]:
        """Like `job`, but a plain function: called in the loop's thread it stops the loop, in another it sleeps."""
        numbers = itertools.count()

        def job(*arguments: Any, **named: Any) -> Any:
            key, number = _key(arguments, named), next(numbers)
            turn = self._begin(name, key)
            try:
                self.sleep(_seconds(seconds, key, number))
                if self.closed:
                    raise SystemExit("the test is over")
                turn.result = result = look_up(results, key, number)
                turn.how = "raised" if isinstance(result, BaseException) else "done"
            finally:
                turn.how = turn.how or "lost"
                self._end(turn)
            if isinstance(result, BaseException):
                raise result
            return result

        job.__name__ = job.__qualname__ = name
        return job

    def start(self, function: Any, *arguments: Any) -> LoopCall:
        """Prepare the call of a coroutine function of the student's (`student.NAME`); it begins when asked for."""
        return self.prepare(LoopCall(self, function, arguments, "await"))

    def start_in_notebook(self, function: Any, *arguments: Any) -> LoopCall:
        """The same for a plain function, called while the loop runs in its thread, as it does in a notebook cell."""
        return self.prepare(LoopCall(self, function, arguments, "notebook"))

    def start_in_script(self, function: Any, *arguments: Any, times: int = 1) -> LoopCall:
        """The same for a plain function in a thread without a loop; the one that `asyncio.run` makes is virtual.

        Parameters: `times`, how often it is called in that thread; what counts is the end of the last call.
        """
        return self.prepare(LoopCall(self, function, arguments, "script", times))

    def serve(self, function: Any, *arguments: Any) -> Server:
        """Make a server object of the student's and await its `start()`. Raises CheckFailed if that does not work."""
        made = self.start_in_notebook(function, *arguments)
        return serve(self, made, self.start_in_notebook)

    # what the test then says

    def expect_peak(self, number: int, ask: str = "") -> None:
        """At the busiest moment exactly this number of jobs was running. Raises CheckFailed."""
        for call in self.calls:
            call.expect_end()
        if self.peak == number:
            return
        expected = f"{number} {self._job_name(number)} running at the same time, and never more"
        for call in self.calls:
            if call.error is not None:
                raise call.failed_by_error(expected)
        if self.peak > number:
            seen = f"{self.peak} {self._job_name(self.peak)} were running at the same time"
            default = "What do all these calls share that could hold the next one back?"
        elif not self.turns:
            seen, default = f"no {self._job_name(1)} ever ran", "What makes a coroutine run?"
        elif self.peak == 1:
            seen = f"one after the other: never more than 1 {self._job_name(1)} was running"
            default = "Does the code wait for one before it starts the next?"
        else:
            seen = f"never more than {self.peak} {self._job_name(self.peak)} were running at the same time"
            default = "What holds the others back?"
        raise self.failed(self.shown(), seen, expected, ask, default)

    def expect_started(self, *keys: Any, ask: str = "") -> None:
        """Exactly the jobs with these arguments have begun, in any order. Raises CheckFailed."""
        begun = self._keys(lambda turn: True)
        if sorted(begun) != sorted(map(describe, keys)):
            seen, expected = self._shown_keys(begun), self._shown_keys(list(map(describe, keys)))
            raise self._unlike(f"begun: {seen}", f"begun: {expected}", ask)

    def expect_begins(self, *times: float, ask: str = "") -> None:
        """The jobs began at exactly these moments, in seconds since the run began. Raises CheckFailed."""
        self._keys(lambda turn: True)
        seen = [turn.begin for turn in self.turns]
        if seen != [round(float(time), 6) for time in times]:
            name = self._job_name(2)
            raise self._unlike(
                f"{name} began at {listed(f'{time:g} s' for time in seen)}" if seen else f"no {name} ever ran",
                f"{name} that begin at {listed(f'{time:g} s' for time in times)}",
                ask,
            )

    def expect_cancelled(self, *keys: Any, ask: str = "") -> None:
        """Exactly the jobs with these arguments were cancelled, in any order, and have ended. Raises CheckFailed."""
        cancelled = self._keys(lambda turn: turn.how == "cancelled")
        if sorted(cancelled) != sorted(map(describe, keys)):
            seen, expected = listed(cancelled), listed(map(describe, keys))
            default = "Who tells these jobs that they are no longer needed?"
            raise self._unlike(f"cancelled: {seen}", f"cancelled: {expected}", ask, default)

    def expect_events(self, *events: str, ask: str = "") -> None:
        """The jobs began and ended in exactly this order, each written as "2.5 s: NAME(ARGUMENT) begins".

        The words for the end are "is done", "raises", "is cancelled". Raises CheckFailed naming the first difference.
        """
        self._keys(lambda turn: True)
        seen = self.events()
        if seen != list(events):
            pairs = itertools.zip_longest(seen, events, fillvalue="nothing more")
            number, (first, expected) = next((n, pair) for n, pair in enumerate(pairs, 1) if pair[0] != pair[1])
            raise self.failed(self.shown(), f"event {number}: {first}", expected, ask)

    def expect_not_blocked(self, ask: str = "") -> None:
        """Nothing stopped the loop's thread while coroutines were running. Raises CheckFailed naming the line."""
        for call in self.calls:
            call.expect_end()
        if self.blocked:
            raise self.failed(self.shown(), "", "only waits that let other coroutines run meanwhile", ask)

    def events(self) -> list[str]:
        """What the jobs did, in order, one line an event; see `expect_events`. Jobs that begin together are sorted."""
        alike = itertools.groupby(self._events, key=lambda event: (event[0], event[2]))
        return [f"{time:g} s: {turn} {what}" for _, events in alike for time, turn, what in sorted(events)]

    def failed(self, did: str, seen: str, expected: str, ask: str = "", default: str = "") -> CheckFailed:
        """The failure, with the reason that is known for it, if any, and a picture of the jobs."""
        reason, question = self.reason()
        if seen.startswith(_SWALLOWED) and reason.startswith(_SWALLOWED):
            reason = ""
        seen = "; ".join(filter(None, (seen, reason)))
        return failed(did, seen, expected, ask or question or default, self.picture())

    def reason(self) -> tuple[str, str]:
        """What is known to have gone wrong in this run, and a question about it; two empty texts if nothing is."""
        if self.lost:
            return (
                f"{min(self.lost)}: nothing held on to the task",
                "Who keeps a reference to the task for as long as it runs?",
            )
        if self.unawaited:
            return (
                f"{min(self.unawaited)} was called but never awaited, so nothing of it ran",
                "What does the call of a coroutine function give, and what makes that run?",
            )
        if number := sum(len(call.coroutines()) for call in self.calls):
            what = "a coroutine was" if number == 1 else f"{number} coroutines were"
            return f"{what} returned, never awaited", "What turns a coroutine into its result?"
        if self.blocked:
            line, seconds = self.blocked[0]
            return (
                f"{line} blocks: it stopped the whole event loop for {seconds:g} s",
                "What else could have run in this thread during that time?",
            )
        if swallowed := self._swallowed():
            return f"{_SWALLOWED}{swallowed}", "Who catches a CancelledError here, and passes it on?"
        if self._elsewhere and any(call.how == "await" for call in self.calls):
            return (
                f"{min(self._elsewhere)} ran in an event loop of its own, in another thread",
                "Which event loop runs already when this coroutine function is awaited?",
            )
        if left := [text for call in self.calls for text in call.left]:
            return f"left behind: {listed(left)}", "Who waits for all that was started, before the function ends?"
        if self.unseen:
            return f"a task raised {self.unseen[0]} and nobody looked at it", "Who awaits each of the tasks?"
        return "", ""

    def _swallowed(self) -> str:
        for number, turn in enumerate(self.turns):
            if turn.how == "cancelled" and turn.task:
                for later in self.turns[number + 1 :]:
                    if later.task == turn.task and later.is_cancelling:
                        return f"{turn} was cancelled at {turn.end:g} s, and its task went on to {later}"
        if not self.uncancelled or self.servers:  # how the task of a server's client ends is the server's business
            return ""
        return f"{self.uncancelled[0]} was cancelled, but ended as if it had not been"

    def picture(self) -> str:
        """When each job ran, as a few lines of text."""
        # Those that began at one moment may have begun in any order: a set of tasks has none.
        shown = sorted(self.turns, key=lambda turn: (turn.begin, str(turn)))[:MOST_SHOWN]
        ends = [self.elapsed() if turn.end is None else turn.end for turn in shown]
        total, width = max(ends, default=0) or 1, max((len(str(turn)) for turn in shown), default=0)
        lines = []
        for turn, end in zip(shown, ends, strict=True):
            first, last = round(BAR * turn.begin / total), round(BAR * end / total)
            until = "..." if turn.end is None else f"{end:g} s{'' if turn.how == 'done' else f', {turn.how}'}"
            bar = " " * first + "=" * max(1, last - first)
            lines.append(f"  {turn!s:<{width}} |{bar:<{BAR + 1}}| {turn.begin:g} - {until}")
        if len(self.turns) > MOST_SHOWN:
            lines.append(f"  and {len(self.turns) - MOST_SHOWN} more")
        return "\n".join(lines)

    def by_end(self) -> list[Turn]:
        """The jobs that have ended, in the order of their ends."""
        return list(self._ended)

    def so_far(self) -> str:
        """How much has happened, as text."""
        return f"{len(self.turns)} jobs" if len(self.turns) > MOST_TURNS else f"{ROUNDS:,} turns of the event loop"

    def busy(self) -> str:
        running = sorted(str(turn) for turn in self.turns if turn.end is None)
        return f"{listed(running)} {'was' if len(running) == 1 else 'were'}" if running else ""

    # jobs

    def _async_job(self, name: str, results: Any, seconds: Any, cleanup: float, key: tuple[Any, ...] = ()) -> Any:
        numbers = itertools.count()
        shown = "" if key else name

        async def job(*arguments: Any, **named: Any) -> Any:
            mine, number = key[0] if key else _key(arguments, named), next(numbers)
            if self.closed:
                await asyncio.get_running_loop().create_future()  # for ever: the test is over
            turn = self._begin(shown, mine)
            try:
                await self._hold(_seconds(seconds, mine, number), str(turn))
                turn.result = result = look_up(results, mine, number)
                turn.how = "raised" if isinstance(result, BaseException) else "done"
            except asyncio.CancelledError:
                turn.how = "cancelled"
                if cleanup:
                    await self._hold(cleanup, str(turn))
                raise
            finally:
                turn.how = turn.how or "lost"
                self._end(turn)
            if isinstance(result, BaseException):
                raise result
            return result

        job.__name__ = job.__qualname__ = name
        return job

    async def _hold(self, seconds: float, turn: str) -> None:
        """Take virtual time. Only the waiting task itself refers to what it waits for, so that a lost one is lost."""
        loop = asyncio.get_running_loop()
        if loop is not self.loop:
            self._elsewhere.append(turn)
            await asyncio.sleep(0)  # a loop of the student's own, in another thread: it has no virtual time
            return
        future = loop.create_future()
        timer = loop.call_in_turn(self.now + seconds, turn, _resolve, weakref.ref(future))
        try:
            await future
        finally:
            timer.cancel()

    def _begin(self, job: str, key: Any) -> Turn:
        with self.changed:
            if self.closed:
                raise SystemExit("the test is over")
            task = asyncio.current_task() if asyncio._get_running_loop() is not None else None
            turn = Turn(job, key, self.elapsed(), task.get_name() if task is not None else "")
            turn.is_cancelling = task is not None and task.cancelling() > 0
            self.turns.append(turn)
            self.peak = max(self.peak, sum(turn.end is None for turn in self.turns))
            self._happened(turn, "begins")
            if len(self.turns) > MOST_TURNS:
                self.rounds = ROUNDS
        return turn

    def _end(self, turn: Turn) -> None:
        with self.changed:
            if not self.closed:
                turn.end = self.elapsed()
                self._ended.append(turn)
                self._happened(turn, _WORDS[turn.how])

    def _happened(self, turn: Turn, what: str) -> None:
        self._events.append((self.elapsed(), str(turn), what))
        self.rounds = 0
        self.progress()

    # words

    def _unlike(self, seen: str, expected: str, ask: str, default: str = "") -> CheckFailed:
        """The failure of jobs that did other things than expected, or the error that kept all of them from it."""
        for call in self.calls:
            if call.error is not None and not self.turns:
                return call.failed_by_error(expected)
        return self.failed(self.shown(), seen, expected, ask, default)

    def _keys(self, wanted: Callable[[Turn], bool]) -> list[str]:
        for call in self.calls:
            call.expect_end()
        return [describe(turn.key) for turn in self.turns if wanted(turn)]

    def _shown_keys(self, keys: list[str]) -> str:
        if keys and set(keys) == {"()"}:  # jobs without arguments, of which nothing but their number is known
            return f"{len(keys)} {self._job_name(len(keys))}"
        return listed(keys)

    def _job_name(self, number: int) -> str:
        names = {turn.job for turn in self.turns}
        plural = "jobs" if number != 1 else "job"
        name = names.pop() if len(names) == 1 else ""
        return f"{name} {plural}" if name else plural

    def _vanished(self, task: str) -> str:
        turn = next((turn for turn in reversed(self.turns) if turn.task == task), None)
        return super()._vanished(task) + (f", in the middle of {turn}" if turn is not None else "")


def _key(arguments: tuple[Any, ...], named: dict[str, Any]) -> Any:
    return plain(arguments[0] if len(arguments) == 1 and not named else (*arguments, *named.values()))


def _seconds(table: Any, key: Any, number: int) -> float:
    found = look_up(table, key, number)
    return 1 if found is None else found


def _resolve(future: weakref.ref[asyncio.Future]) -> None:
    waiting = future()
    if waiting is not None and not waiting.done():
        waiting.set_result(None)
