"""Jobs that are held until the test lets them go, so that concurrency is proven and not guessed from time.

Each call of a job made by a gate stops inside the job until the test releases it. When the run is quiet, the jobs
that stand at the gate are exactly those that the student's code runs at the same time: three mean three at once, and
a fourth never comes. Released one by one, they end in the order that the test likes.

The same with processes: a value made by `Gate.value` is a plain number or text whose arrival in a worker process is
reported to the gate, and which waits there (see `arrivals`).
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Executor
from concurrent.futures.thread import _threads_queues as executor_threads
from dataclasses import dataclass
from typing import Any

from autograder.checks import quiet
from autograder.checks.arrivals import Door, processes_made
from autograder.checks.failure import CheckFailed, failed
from autograder.checks.fence import Run
from autograder.checks.values import describe, listed, plain, same

MOST_JOBS = 200  # that one run may start while all are let go
AFTERWARDS = 1000  # calls of jobs that are still answered when the test is over
_BOUND = "What bounds the number of workers here?"
_NOWHERE = "Where is the work handed to the workers?"


@dataclass(eq=False)
class Held:
    """One call of a job, from its arrival at the gate to its end."""

    job: str
    key: Any
    place: int  # among the arguments that the test gave, for an order that is the same each time
    worker: Any  # the thread, or the process id
    in_caller: bool
    let_go: Callable[[], None]
    who: str = ""
    running: bool = True

    def __str__(self) -> str:
        if not self.job:
            return describe(self.key)
        arguments = self.key if type(self.key) is tuple else (self.key,)  # a tuple stands for several arguments
        return f"{self.job}({', '.join(map(describe, arguments))})"


class Gate(Run):
    """A run whose jobs are held at a gate. Use it as a context manager.

    `job` makes functions for the student's code to call, `value` and `values` make data for worker processes;
    `start` (of `Run`) makes the call; `expect_at_once`, `finish` and `finish_all` then say what happens when.
    """

    def __init__(self) -> None:
        self._door: Door | None = None
        self._workers: dict[Any, str] = {}
        self.arrived: list[Held] = []
        self._log: list[tuple[str, Held]] = []  # what happened, in order: ("started" or "done", which)
        self.peak = 0
        self._afterwards = AFTERWARDS
        self._processes_before = processes_made()
        self._forked: dict[int, Callable[[], None]] = {}
        self._starting: list[int] = []
        self._processes_peak = 0
        self._executors: list[Executor | None] = []  # kept: one that is dropped ends its threads, but a moment later
        super().__init__()

    # what the test hands to the student's code

    def job(self, name: str, results: Mapping[Any, Any] | None = None) -> Callable[..., Any]:
        """A function that waits at the gate at each call and then answers from a table.

        Parameters: `name`, as messages call it; `results`, the answer for each argument (for several arguments, for
        the tuple of them). An exception in the table is raised instead. What is not in the table answers None.
        """

        def job(*arguments: Any, **named: Any) -> Any:
            key = arguments[0] if len(arguments) == 1 and not named else (*arguments, *named.values())
            place, result = _look_up(results or {}, plain(key))
            self._hold(name, plain(key), place)
            if isinstance(result, BaseException):
                raise result
            return result

        job.__name__ = job.__qualname__ = name
        return job

    def jobs(self, name: str, results: Mapping[Any, Any]) -> list[Callable[[], Any]]:
        """Functions without arguments, one for each key of the table: each waits like `job(key)` and answers so."""
        job = self.job(name, results)

        def without_arguments(key: Any) -> Callable[[], Any]:
            def call() -> Any:
                return job(key)

            call.__name__ = call.__qualname__ = f"{name}_{key}"
            return call

        return [without_arguments(key) for key in results]

    def value(self, value: int | str) -> Any:
        """A number or text that waits at the gate when another process receives it; else like the plain one."""
        if self._door is None:
            self._door = Door(self._receive)
            self.own_thread(self._door.serve, "gate")
        return self._door.value(value)

    def values(self, values: Iterable[int | str]) -> list[Any]:
        """A list of `value`s."""
        return [self.value(value) for value in values]

    # what the test then says

    def settle(self) -> None:
        """Wait until nothing more can happen by itself; processes that were just forked are counted, then let go."""
        super().settle()
        while self._starting:
            self._processes_peak = max(self._processes_peak, sum(map(quiet.alive, self._forked)))
            with self.changed:
                starting, self._starting = self._starting, []
            for pid in starting:
                self._forked[pid]()
            super().settle()

    @property
    def held(self) -> list[Held]:
        """The jobs that are running now, in the order in which they arrived."""
        return [held for held in self.arrived if held.running]

    def holds(self) -> bool:
        return bool(self.held or self._starting)

    def busy(self) -> str:
        held = self.held
        return f"{listed(map(str, held))} {_was(held)}" if held else ""

    def expect_at_once(self, number: int, ask: str = "") -> None:
        """When nothing more can happen by itself, exactly this number of jobs is running. Raises CheckFailed."""
        self.settle()
        expected = f"{number} {self._job_name()} running at the same time"
        if len(self.held) == number:
            return
        self._expect_not_failed(expected)
        if not self._lost_sight():
            seen, default = self._what_runs(number)
            raise failed(self.shown(), seen, expected, ask or default, self.picture())
        if self._processes_peak > number:
            seen, default = f"{self._processes_peak} child processes were there at the same time", _BOUND
            raise failed(self.shown(), seen, f"{number} worker processes", ask or default)

    def expect_handed_over(self, ask: str = "") -> None:
        """Each value so far has been received by a worker process as it is, no copy of it. Raises CheckFailed."""
        self.settle()
        expected = "each input is handed to a worker process as it is"
        self._expect_not_failed(expected)
        received = {held.place for held in self.arrived if not held.job}
        values = self._door.values if self._door else []
        missing = [describe(value) for number, value in enumerate(values) if number not in received]
        if missing:
            seen = f"no worker process received {listed(missing)}" if received else self._nothing_arrived()
            default = "What is sent to a worker process: the input, or something that the caller has made of it?"
            raise failed(self.shown(), seen, expected, ask or default, self.picture())

    def finish(self, *keys: Any) -> None:
        """Let these jobs end, one after the other; each has ended, with all that follows, before the next is let go.

        Raises CheckFailed when one of them is not running.
        """
        for key in keys:
            self.settle()
            self._finish(next((h for h in self.held if same(h.key, key)), None), describe(key))

    def finish_one(self) -> None:
        """Let one job end, of those that are running the one that began first. Raises CheckFailed if none is."""
        self.settle()
        self._finish(next(iter(self.held), None), "one of the inputs")

    def finish_all(self, last_first: bool = True) -> None:
        """Let all jobs end, those that start later too, each time the one that started last (or first).

        Raises CheckFailed for code that starts new jobs without an end.
        """
        self.settle()
        while held := self.held:
            if len(self.arrived) > MOST_JOBS:
                raise failed(
                    self.shown(),
                    f"{len(self.arrived)} jobs were started ({listed(map(str, self.arrived))}), with no end in sight",
                    "a call that ends",
                    "How does the code know that a job has been started before?",
                )
            self._release(held[-1 if last_first else 0])
            self.settle()

    def expect_jobs_awaited(self, ask: str = "") -> None:
        """When nothing more can happen by itself, no call has ended while its jobs run on. Raises CheckFailed."""
        self.settle()
        for call in self.calls:
            if call.finished and call.busy:
                ended = "returned" if call.error is None else f"raised {describe(call.error)}"
                raise failed(
                    call.shown,
                    f"the call {ended} while {call.busy} still running",
                    "the call waits until none of its jobs is running",
                    ask or "Who waits for the workers that are still busy?",
                    self.picture(),
                )

    def expect_started(self, *keys: Any, ask: str = "") -> None:
        """Exactly these jobs have been started so far, in any order. Raises CheckFailed."""
        self.settle()
        started = [held.key for held in self.arrived]
        if not same(sorted(map(describe, started)), sorted(map(describe, keys))):
            names = (str(held) if same(held.key, ()) else describe(held.key) for held in self.arrived)
            raise failed(
                self.shown(),
                f"started: {', '.join(names) or 'nothing'}",
                f"started: {', '.join(map(describe, keys)) or 'nothing'}",
                ask,
                self.picture(),
            )

    def expect_started_at_most(self, number: int, ask: str = "") -> None:
        """No more than this number of jobs has been started so far. Raises CheckFailed."""
        self.settle()
        if len(self.arrived) > number:
            raise failed(
                self.shown(),
                f"{len(self.arrived)} {self._job_name()} were started: {listed(map(str, self.arrived))}",
                f"no more than {number}",
                ask,
                self.picture(),
            )

    def expect_never_started(self, *keys: Any, ask: str = "") -> None:
        """None of these jobs has been started so far. Raises CheckFailed."""
        self.settle()
        started = [held for held in self.arrived if any(same(held.key, key) for key in keys)]
        if started:
            raise failed(
                self.shown(),
                f"{listed(map(str, started))} {_was(started)} started",
                f"{', '.join(map(describe, keys))} never start",
                ask,
                self.picture(),
            )

    def expect_peak(self, number: int, ask: str = "") -> None:
        """At no moment were more than this number of jobs running. Raises CheckFailed."""
        if self.peak > number:
            raise failed(
                self.shown(),
                f"{self.peak} {self._job_name()} were running at the same time",
                f"never more than {number}",
                ask or _BOUND,
                self.picture(),
            )

    def expect(self, what: str, seen: Any, expected: Any, ask: str = "") -> None:
        """When nothing more can happen by itself, what the test noted is exactly this plain data (strictly: types too).

        Parameters: `what`, a few words for it ("the calls of on_result"); `seen`, a list or dict that is looked at
        then. Raises CheckFailed.
        """
        self.settle()
        if same(plain(seen), expected):
            return
        also = "" if self.held or self._finished() else ", and every thread waits" + self.whereabouts()
        for call in self.calls:
            if isinstance(call.error, CheckFailed | NotImplementedError):
                raise call.failed_by_error(f"{what}: {describe(expected)}")
            if call.error is not None:
                also += f", and {call.name} raised {describe(call.error)}"
        raise failed(
            self.shown(), f"{what}: {describe(seen)}{also}", f"{what}: {describe(expected)}", ask, self.picture()
        )

    def expect_in_executor(self, ask: str = "") -> None:
        """Each job so far that another thread than the caller's ran was in one of a `ThreadPoolExecutor`.

        Raises CheckFailed.
        """
        self.settle()
        elsewhere = [held for held in self.arrived if not held.in_caller]
        if outside := [str(held) for held in elsewhere if held.worker not in executor_threads]:
            raise failed(
                self.shown(),
                f"{listed(outside)} ran in threads that belong to no ThreadPoolExecutor",
                f"{self._job_name()} in the threads of a ThreadPoolExecutor",
                ask or "Who makes the threads here, and who could do that instead?",
                self.picture(),
            )

    def picture(self) -> str:
        """What ran where, as a few lines of text: a lane for each worker, events in their order."""
        from autograder.timeline import Event, text_of

        if not self._log:
            return ""
        return text_of([Event(kind, held.who, str(held)) for kind, held in self._log if held.who])

    def close(self) -> None:
        """Let everything go, so that the code comes to its own end, and fence off what does not."""
        with self.changed:
            self.closed = True
            for held in self.held:
                self._end(held)
            for let_go in self._forked.values():
                let_go()
            self._executors.clear()
        try:
            super().close()
        finally:
            if self._door is not None:
                self._door.close()
                self.own_thread(self._door.wake, "end of the gate")

    # the machinery

    def _hold(self, job: str, key: Any, place: int) -> None:
        """Called in a thread of the student's: stand at the gate until released."""
        baton = threading.Lock()
        baton.acquire()
        me = threading.current_thread()
        in_caller = any(call.thread is me for call in self.calls)
        if self._admit(Held(job, key, place, me, in_caller, baton.release)):
            baton.acquire()

    def _admit(self, held: Held) -> bool:
        """Take in a job that has begun; False when the test is over and nobody would release it."""
        with self.changed:
            if self.closed:
                self._afterwards -= 1
                if self._afterwards < 0:
                    raise SystemExit("the test is over")  # which no thread prints
                return False
            self._arrive(held)
            return True

    def _receive(self, pid: int, number: int | None, let_go: Callable[[], None]) -> None:
        """Called when a worker process reports a value that it received, or (without a number) that it was forked."""
        with self.changed:
            if self.closed:
                let_go()
            elif number is None:
                self._forked[pid] = let_go
                self._starting.append(pid)
                self.progress()
            else:
                self._arrive(Held("", self._door.values[number], number, pid, False, let_go))

    def _arrive(self, held: Held) -> None:
        self.arrived.append(held)
        if held.worker in executor_threads:
            executor = held.worker._args[0]()  # a weak reference
            self._executors += [executor] * (executor not in self._executors)
        self.peak = max(self.peak, len(self.held))
        self.progress()

    def _settled(self) -> None:
        for held in self.held:
            if isinstance(held.worker, int) and quiet.CAN_SEE and not quiet.alive(held.worker):
                self._end(held)  # with its process, which somebody has ended
        self._name_arrivals()
        super()._settled()

    def _name_arrivals(self) -> None:
        """Order what arrived since the last time, and name its workers by it.

        Between two moments of quiet the order of arrival is chance; what the student reads must not be.
        """
        with self.changed:
            new = [held for held in self.arrived if not held.who]
            new.sort(key=lambda held: (held.place, describe(held.key)))
            self.arrived[len(self.arrived) - len(new) :] = new
            self._log += [("started", held) for held in new]
            for held in new:
                kind = "process" if isinstance(held.worker, int) else "thread"
                number = 1 + sum(name.startswith(kind) for name in self._workers.values())
                held.who = "the caller" if held.in_caller else self._workers.setdefault(held.worker, f"{kind} {number}")

    def _release(self, held: Held) -> None:
        with self.changed:
            self._end(held)

    def _end(self, held: Held) -> None:
        held.running = False
        self._log.append(("done", held))
        self.progress()
        held.let_go()

    def _finished(self) -> bool:
        return all(call.finished for call in self.calls)

    def _finish(self, held: Held | None, what: str) -> None:
        if held is not None:
            self._release(held)
            self.settle()
            return
        expected = f"{what} is being worked on now"
        self._expect_not_failed(expected)
        if not self._lost_sight():
            seen = f"{what} is not being worked on{self._instead()}"
            ask = "What does the code wait for before it starts this one?"
            if self._finished() and not self.arrived:
                seen, ask = self._nothing_arrived(), _NOWHERE
            raise failed(self.shown(), seen, expected, ask, self.picture())

    def _lost_sight(self) -> bool:
        """Whether the code sent copies of the values to worker processes, which the gate cannot hold.

        Nothing may be concluded then from what did not arrive.
        """
        made = self._forked or processes_made() > self._processes_before
        return self._door is not None and not self.arrived and bool(made)

    def _what_runs(self, number: int) -> tuple[str, str]:
        """What was seen instead of this number of jobs, and the question that fits."""
        held = self.held
        names = listed(map(str, held))
        if len(held) > number:
            return f"{len(held)} at the same time: {names}", _BOUND
        if self._finished() and held:
            seen = f"the call returned while {self.busy()} still running"
            return seen, "Who waits for the jobs to end before the function returns?"
        if self._finished():
            return self._nothing_arrived(), _NOWHERE
        if any(each.in_caller for each in held):
            seen = f"{names} ran in the thread that called {self.calls[0].name}, and no other could start meanwhile"
            return seen, "Is the job called right here, or handed to the pool to be called there?"
        if ended := [str(each) for each in self.arrived if not each.running]:
            running = f"only {len(held)} at the same time: {names}" if held else f"nothing runs{self.whereabouts()}"
            return f"when {listed(ended)} had ended, {running}", "A worker is free again: what does it wait for?"
        if len(held) > 1:
            return f"only {len(held)} at the same time: {names}", "How many workers does the pool have?"
        if held:
            seen = f"only 1 at a time, one after the other: {names}, and nothing else starts before it ends"
            return seen, "Does the code wait for a result before all the jobs are handed over?"
        seen = "no job ever starts, and every thread waits" + self.whereabouts()
        return seen, "What does the code wait for before the first job is handed over?"

    def _expect_not_failed(self, expected: str) -> None:
        for call in self.calls:
            if call.finished and call.error is not None:
                raise call.failed_by_error(expected)

    def _nothing_arrived(self) -> str:
        if self.arrived:
            return f"the call had ended when {listed(map(str, self.arrived))} had"
        if self._lost_sight():
            return "there were worker processes, but none of them received one of the inputs as it is"
        if self._door is not None:
            return "no worker process ever received one of the inputs: the work was done in the calling process"
        return f"the call returned {describe(self.calls[0].value)} without running any job"

    def _job_name(self) -> str:
        names = {held.job for held in self.arrived if held.job}
        return f"{names.pop()} jobs" if len(names) == 1 else "jobs"

    def _instead(self) -> str:
        if self._finished():
            return ", and the call has ended"
        if not self.held:
            return ", nor is anything else" + self.whereabouts()
        return f"; {listed(map(str, self.held))} {'is' if len(self.held) == 1 else 'are'}"


def _look_up(results: Mapping[Any, Any], key: Any) -> tuple[int, Any]:
    """The place of a key in the table and its result; behind the last place and None if it is not there."""
    found = ((place, result) for place, (known, result) in enumerate(results.items()) if same(known, key))
    return next(found, (len(results), None))


def _was(held: list[Held]) -> str:
    return "was" if len(held) == 1 else "were"
