"""Jobs that are held until the test lets them go, so that concurrency is proven and not guessed from time.

Each call of a job made by a gate stops inside the job until the test releases it. When the run is quiet, the jobs
that stand at the gate are exactly those that the student's code runs at the same time: three mean three at once, and
a fourth never comes. Released one by one, they end in the order that the test likes.

The same with processes: a value made by `Gate.value` is a plain number or text whose arrival in a worker process is
reported to the gate, and which waits there.
"""

from __future__ import annotations

import hmac  # noqa: F401 - multiprocessing imports it inside a handshake, and a fork meanwhile would keep its lock
import multiprocessing
import os
import sys
import threading
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Client, Connection, Listener
from typing import Any

from autograder.checks import quiet
from autograder.checks.failure import failed
from autograder.checks.fence import Run
from autograder.checks.values import Plain, describe, listed, plain, same

AFTERWARDS = 1000  # calls of jobs that are still answered when the test is over


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
        return f"{self.job}({describe(self.key)})" if self.job else describe(self.key)


class Gate(Run):
    """A run whose jobs are held at a gate. Use it as a context manager.

    `job` makes functions for the student's code to call, `value` and `values` make data for worker processes;
    `start` (of `Run`) makes the call; `expect_at_once`, `finish` and `finish_all` then say what happens when.
    """

    def __init__(self) -> None:
        self._listener: Listener | None = None
        self._key = os.urandom(16)
        self._workers: dict[Any, str] = {}
        self._values: dict[int, Any] = {}
        self.arrived: list[Held] = []
        self._log: list[tuple[str, Held]] = []  # what happened, in order: ("started" or "done", which)
        self.peak = 0
        self._afterwards = AFTERWARDS
        self._process_number = _process_number()
        self._forked: dict[int, Callable[[], None]] = {}
        self._starting: list[int] = []
        self.processes_peak = 0
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
        if self._listener is None:
            self._listener = Listener(authkey=self._key)
            self.own_thread(self._accept, "gate")
            _open_gates.append((os.getpid(), self._listener.address, self._key))
        number = len(self._values)
        self._values[number] = value
        made = (_HeldStr if isinstance(value, str) else _HeldInt)(value)
        made.plain = value
        made.address = (self._listener.address, self._key, number, os.getpid())
        return made

    def values(self, values: Iterable[int | str]) -> list[Any]:
        """A list of `value`s."""
        return [self.value(value) for value in values]

    # what the test then says

    def settle(self) -> None:
        """Wait until nothing more can happen by itself; processes that were just forked are counted, then let go."""
        super().settle()
        while self._starting:
            self.processes_peak = max(self.processes_peak, sum(map(quiet.alive, self._forked)))
            with self.changed:
                starting, self._starting = self._starting, []
            for pid in starting:
                self._forked[pid]()
            super().settle()

    @property
    def held(self) -> list[Held]:
        """The jobs that are running now, in the order in which they arrived."""
        return [held for held in self.arrived if held.running]

    def busy(self) -> str:
        held = self.held
        return f"{listed(map(str, held))} {_was(held)}" if held else ""

    def expect_at_once(self, number: int, ask: str = "") -> None:
        """When nothing more can happen by itself, exactly this number of jobs is running. Raises CheckFailed."""
        self.settle()
        held, job = self.held, self._job_name()
        if len(held) == number:
            return
        expected = f"{number} {job} running at the same time"
        if self.processes_peak > number:
            raise failed(
                self.shown(),
                f"{self.processes_peak} child processes were there at the same time",
                f"{number} worker processes",
                ask or "What bounds the number of processes here?",
            )
        if self._lost_sight():
            return
        self._expect_not_failed(expected)
        inside = [h for h in held if h.in_caller]
        names = listed(map(str, held))
        if len(held) > number:
            seen, default = f"{len(held)} at the same time: {names}", "What bounds the number of workers here?"
        elif self._finished() and held:
            seen = f"the call returned while {self.busy()} still running"
            default = "Who waits for the jobs to end before the function returns?"
        elif self._finished():
            seen, default = self._nothing_arrived(), "Where is the work handed to the workers?"
        elif inside:
            seen = f"{names} ran in the thread that called {self.calls[0].name}, and no other could start meanwhile"
            default = "Is the job called right here, or handed to the pool to be called there?"
        elif held:
            seen = f"only {len(held)} at a time, one after the other: {names}, and nothing else starts before it ends"
            default = "Does the code wait for a result before all the jobs are handed over?"
            if len(held) > 1:
                seen = f"only {len(held)} at the same time: {names}"
                default = "How many workers does the pool have?"
        else:
            seen = "no job ever starts, and every thread waits" + self.whereabouts()
            default = "What does the code wait for before the first job is handed over?"
        raise failed(self.shown(), seen, expected, ask or default, self.picture())

    def finish(self, *keys: Any) -> None:
        """Let these jobs end, one after the other; each has ended, with all that follows, before the next is let go.

        Raises CheckFailed when one of them is not running.
        """
        for key in keys:
            self.settle()
            held = next((h for h in self.held if same(h.key, key)), None)
            if held is None:
                if self._lost_sight():
                    return
                self._expect_not_failed(f"{describe(key)} is being worked on")
                if self._finished() and not self.arrived:
                    expected = "the inputs are worked on by the workers"
                    raise failed(self.shown(), self._nothing_arrived(), expected, "Where is the work handed to them?")
                raise failed(
                    self.shown(),
                    f"{describe(key)} is not being worked on" + self._instead(),
                    f"{describe(key)} is being worked on now",
                    "What does the code wait for before it starts this one?",
                    self.picture(),
                )
            self._release(held)
            self.settle()

    def finish_all(self, last_first: bool = True) -> None:
        """Let all jobs end, those that start later too, each time the one that started last (or first)."""
        self.settle()
        while held := self.held:
            self._release(held[-1 if last_first else 0])
            self.settle()

    def expect_jobs_awaited(self, ask: str = "") -> None:
        """When nothing more can happen by itself, no call has ended while its jobs run on. Raises CheckFailed."""
        self.settle()
        for call in self.calls:
            if call.finished and call.busy and not self._lost_sight():
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
            raise failed(
                self.shown(),
                f"started: {', '.join(map(describe, started)) or 'nothing'}",
                f"started: {', '.join(map(describe, keys)) or 'nothing'}",
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
                ask or "What bounds the number of workers here?",
                self.picture(),
            )

    def expect(self, what: str, seen: Any, expected: Any, ask: str = "") -> None:
        """When nothing more can happen by itself, what the test noted is exactly this plain data (strictly: types too).

        Parameters: `what`, a few words for it ("the calls of on_result"); `seen`, a list or dict that is looked at
        then. Raises CheckFailed, with the error of a call instead if there is one.
        """
        self.settle()
        if same(plain(seen), expected):
            return
        self._expect_not_failed(f"{what}: {describe(expected)}")
        stuck = "" if self.held or self._finished() else ", and every thread waits" + self.whereabouts()
        raise failed(
            self.shown(), f"{what}: {describe(seen)}{stuck}", f"{what}: {describe(expected)}", ask, self.picture()
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
        try:
            super().close()
        finally:
            if self._listener is not None:
                _open_gates.remove((os.getpid(), self._listener.address, self._key))
                self.own_thread(self._wake_listener, "end of the gate")

    # the machinery

    def _hold(self, job: str, key: Any, place: int) -> None:
        """Called in a thread of the student's: stand at the gate until released."""
        baton = threading.Lock()
        baton.acquire()
        me = threading.current_thread()
        in_caller = any(call.thread is me for call in self.calls)
        with self.changed:
            if self.closed:
                self._afterwards -= 1
                if self._afterwards < 0:
                    raise SystemExit("the test is over")  # which no thread prints
                return
            held = Held(job, key, place, me, in_caller, baton.release)
            self._arrive(held)
        baton.acquire()

    def _accept(self) -> None:
        while True:
            try:
                connection = self._listener.accept()
                pid, number = connection.recv()
            except (multiprocessing.AuthenticationError, EOFError, ConnectionError):
                if self.closed:
                    return
            except OSError:
                return
            else:
                self._receive(connection, pid, number)

    def _wake_listener(self) -> None:
        """Show the thread that accepts that the run is closed; it may be caught in a handshake, so nobody waits."""
        with suppress(OSError, EOFError, multiprocessing.AuthenticationError):
            Client(self._listener.address, authkey=self._key).close()
        self._listener.close()

    def _receive(self, connection: Connection, pid: int, number: int | None) -> None:

        def let_go() -> None:
            with suppress(OSError):
                connection.send("go on")
                connection.close()

        with self.changed:
            if self.closed:
                let_go()
                return
            if number is None:
                self._forked[pid] = let_go
                self._starting.append(pid)
                self.progress()
                return
            self._arrive(Held("", self._values[number], number, pid, False, let_go))

    def _arrive(self, held: Held) -> None:
        self.arrived.append(held)
        self.peak = max(self.peak, len(self.held))
        self.progress()

    def _settled(self) -> None:
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

    def _lost_sight(self) -> bool:
        """Whether the code sent copies of the values to worker processes, which the gate cannot hold.

        Nothing is wrong with that, so nothing may be concluded from what did not arrive.
        """
        return bool(self._values) and not self.arrived and _process_number() > self._process_number + 1

    def _expect_not_failed(self, expected: str) -> None:
        for call in self.calls:
            if call.finished and call.error is not None:
                raise call.failed_by_error(expected)

    def _nothing_arrived(self) -> str:
        if self._values:
            return "no worker process ever received one of the inputs: the work was done in the calling process"
        return f"the call returned {describe(self.calls[0].value)} without running any job"

    def _job_name(self) -> str:
        names = {held.job for held in self.arrived if held.job}
        return f"{names.pop()} jobs" if len(names) == 1 else "jobs"

    def _instead(self) -> str:
        if self._finished():
            return ", and the call has ended"
        return f"; {self.busy()}" if self.held else ", nor is anything else" + self.whereabouts()


def _look_up(results: Mapping[Any, Any], key: Any) -> tuple[int, Any]:
    """The place of a key in the table and its result; behind the last place and None if it is not there."""
    found = ((place, result) for place, (known, result) in enumerate(results.items()) if same(known, key))
    return next(found, (len(results), None))


def _was(held: list[Held]) -> str:
    return "was" if len(held) == 1 else "were"


def _process_number() -> int:
    """How many processes `multiprocessing` has made in this process so far, counting this question."""
    return int(multiprocessing.Process().name.rpartition("-")[2].rpartition(":")[2])


class _HeldInt(int, Plain):
    def __reduce__(self) -> Any:
        return _receive_value, (self.plain, self.address)


class _HeldStr(str, Plain):
    def __reduce__(self) -> Any:
        return _receive_value, (self.plain, self.address)


def _receive_value(value: int | str, address: tuple[Any, bytes, int, int]) -> Any:
    """Unpickles a gate's value: in another process, report it and wait; in its own, stay as it was."""
    where, key, number, home = address
    if os.getpid() == home:
        kind = _HeldStr if isinstance(value, str) else _HeldInt
        made = kind(value)
        made.plain, made.address = value, address
        return made
    _report(where, key, number)
    return value


def _report(where: Any, key: bytes, number: int | None) -> None:
    """Tell the gate that this process is here (with the value of this number) and wait until it lets go, or is gone."""
    with suppress(OSError, EOFError), Client(where, authkey=key) as connection:
        connection.send((os.getpid(), number))
        connection.recv()


# The gates of this process that count its children: under `fork` a child has its arguments without unpickling them,
# so it is the fork itself that is reported.
_open_gates: list[tuple[int, Any, bytes]] = []


def _after_fork() -> None:
    if not _open_gates:
        return
    gates, _open_gates[:] = _open_gates[:], []
    frame = sys._getframe()
    while frame is not None:
        if frame.f_globals.get("__name__") == "multiprocessing.managers":
            return  # the server of a Manager is no worker
        frame = frame.f_back
    for home, where, key in gates:
        if home == os.getppid():
            _report(where, key, None)


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
