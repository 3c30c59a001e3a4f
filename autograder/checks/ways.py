"""One job in several ways: in threads, in greenlets, in coroutines and in processes, each known by who calls it.

`Ways` is a gate whose jobs wait in the way that suits their caller: a thread is blocked, a greenlet and a coroutine let
others run meanwhile, a process waits for word from the test. So the same test holds for all of them, and it is seen
which way the student's code took. gevent's hubs and asyncio's loops are real ones here: nothing in them takes time.

    from autograder.checks import Ways, student

    pages = {url: f"page {url}" for url in "abcdef"}
    with Ways() as ways:
        fetch, fetch_async = ways.job("fetch", pages), ways.async_job("fetch_async", pages)
        call = ways.start(student.three_ways, list(pages), fetch, fetch_async, 3)
        for _ in range(3):
            ways.expect_way(3, len(pages))         # three at once in each way, and one way after the other
        ways.expect_each(pages, "thread", "greenlet", "coroutine")
        call.expect_nothing_left()
"""

from __future__ import annotations

import asyncio
import inspect
import math
import os
import pickle
import sys
import threading
from collections.abc import Callable, Coroutine, Iterable, Mapping
from contextlib import suppress
from typing import Any

from autograder.checks.failure import failed
from autograder.checks.fence import Call
from autograder.checks.gate import Gate, Held
from autograder.checks.values import describe, listed, look_up, plain

_MANY = {"process": "processes", "thread": "threads", "greenlet": "greenlets", "coroutine": "coroutines"}
_CALLER, _BLOCKED = "caller", "blocked"  # the calling thread; a coroutine that cannot hand over while it waits
_COROUTINE = inspect.CO_COROUTINE | inspect.CO_ITERABLE_COROUTINE
_PLACES = {_CALLER: "in the calling thread itself", _BLOCKED: "in coroutines that stopped their event loop"}
_BOUND = "What bounds the number of workers here?"
_units: dict[bytes, Ways] = {}  # the runs whose units may still be called, by the ticket that each unit carries


class Ways(Gate):
    """A gate for code that does the same job in several ways. Use it as a context manager.

    `job`, `async_job` and `unit` make what the student's code calls; `expect_way` and `expect_each` say what must be
    true of a function like `three_ways`, `expect_units` and `expect_seconds` of one like `measure`.
    """

    def __init__(self) -> None:
        self._kinds: dict[Held, str] = {}
        self._homes: dict[str, set[Any]] = {}  # the hubs of the greenlets and the event loops of the coroutines
        self._destroyed: set[Any] = set()  # hubs
        self._tickets: list[bytes] = []
        super().__init__()

    # what the test hands to the student's code

    def job(
        self, name: str, results: Mapping[Any, Any] | None = None, in_greenlets: Mapping[Any, Any] | None = None
    ) -> Callable[..., Any]:
        """A function as `Gate.job` makes it, which lets other greenlets run while it waits in one.

        Parameters: `in_greenlets`, the table for calls in greenlets, if it is another one.
        """
        jobs = {True: super().job(name, in_greenlets or results), False: super().job(name, results)}

        def job(*arguments: Any, **named: Any) -> Any:
            return jobs[_current_greenlet() is not None](*arguments, **named)

        job.__name__ = job.__qualname__ = name
        return job

    def async_job(self, name: str, results: Mapping[Any, Any] | None = None) -> Callable[..., Coroutine[Any, Any, Any]]:
        """The same as a coroutine function."""
        table = results or {}

        async def job(*arguments: Any, **named: Any) -> Any:
            key = plain(arguments[0] if len(arguments) == 1 and not named else (*arguments, *named.values()))
            loop = asyncio.get_running_loop()
            future = loop.create_future()
            held = Held(name, key, _place(table, key), asyncio.current_task(), False, _waker(loop, future))
            if self._admit_as(held, "coroutine", loop):
                try:
                    await future
                finally:
                    self._let_end(held)
            result = look_up(table, key, 0)
            if isinstance(result, BaseException):
                raise result
            return result

        job.__name__ = job.__qualname__ = name
        return job

    def unit(self, name: str) -> Callable[[], None]:
        """A function without parameters that can be called in any way, in another process, too, and waits there."""
        ticket = pickle.dumps(self.value(name))  # which reports here when another process opens it
        _units[ticket] = self
        self._tickets.append(ticket)
        return Unit(name, ticket, os.getpid())

    def start(self, function: Any, *arguments: Any) -> Call:
        """Call a function of the student's (`student.NAME`) with these arguments in a thread of its own."""
        return self._start(WayCall(self, function, arguments))

    def start_in_notebook(self, function: Any, *arguments: Any) -> Call:
        """The same in a thread whose event loop runs already, as it does in a cell of a notebook."""
        return self._start(CellCall(self, function, arguments))

    # what the test then says

    def expect_way(self, number: int, jobs: int, ask: str = "") -> None:
        """Exactly this number of jobs runs at the same time, all in the same way, as long as there are enough of them.

        Lets them end one after the other until so many `jobs` have ended that the way must be over. Raises CheckFailed.
        """
        ended = len(self.arrived) - len(self.held)
        self._expect_running(number, ask)
        self.finish_one()
        self._expect_running(min(number, jobs - 1), ask)
        while self.held and len(self.arrived) - len(self.held) < ended + jobs:
            self._release(self.held[-1])
            self.settle()
        if self.peak > number:
            seen = f"{self.peak} jobs were running at the same time"
            raise failed(self.shown(), seen, f"never more than {number}", ask or _BOUND, self.picture())

    def expect_each(self, keys: Iterable[Any], *kinds: str, ask: str = "") -> None:
        """The jobs have run with these arguments, once in each of these kinds of workers. Raises CheckFailed.

        Parameters: `kinds`, of "process", "thread", "greenlet", "coroutine".
        """
        for call in self.calls:
            call.expect_end()
        expected = sorted(map(describe, keys))
        for kind in kinds:
            self._expect_not_failed(f"the jobs run in {_MANY[kind]}")
            ran = sorted(describe(held.key) for held in self.arrived if self._kinds[held] == kind)
            if ran != expected:
                seen = f"in {_MANY[kind]}: {listed(ran)}{self._elsewhere(kinds) if not ran else ''}"
                raise failed(self.shown(), seen, f"in {_MANY[kind]}: {listed(expected)}", ask, self.picture())
            if (homes := len(self._homes.get(kind, ()))) > 1:
                seen = f"the {_MANY[kind]} ran in {homes} threads"
                ask = ask or "How many threads does one event loop need?"
                raise failed(self.shown(), seen, f"{_MANY[kind]} of one thread", ask, self.picture())

    def expect_units(self, kind: str, number: int, ask: str = "") -> None:
        """The unit is called this often, one after the other, each time in a new worker of this kind.

        The calls end here. Parameters: `kind`, "process", "thread", "greenlet" or "coroutine". Raises CheckFailed.
        """
        self.settle()
        expected = f"{number} calls, one after the other, each in a {kind} of its own"
        before = len(self.arrived) - len(self.held)
        while self.held:
            if len(self.held) > 1:
                seen = f"{len(self.held)} calls at the same time"
                ask = ask or "What has to be over before the next one is begun?"
                raise failed(self.shown(), seen, expected, ask, self.picture())
            if self._finished():
                seen = "the call ended while the job was still running"
                raise failed(self.shown(), seen, expected, ask or "Who waits for the job's end?", self.picture())
            self._release(self.held[0])
            self.settle()
        self._expect_not_failed(expected)
        calls = self.arrived[before:]
        right = [held for held in calls if self._kinds[held] == kind]
        if len(calls) > len(right):
            some = f", {len(calls) - len(right)} of them" if right else ""
            seen = f"{len(calls)} calls{some}{self._elsewhere((kind,)).removeprefix(',' if some else '')}"
            default = "Who calls the job besides?" if right else f"What makes a new {kind}?"
            raise failed(self.shown(), seen, expected, ask or default, self.picture())
        if len(calls) != number:
            seen = f"{len(calls) or 'no'} call{'s' * (len(calls) != 1)}"
            ask = ask or (
                "What gives the new one the time to run?" if not calls else "How often is each kind measured?"
            )
            raise failed(self.shown(), seen, expected, ask, self.picture())
        if (workers := len({held.worker for held in right})) < number:
            seen = f"{number} calls in {workers} {_MANY[kind] if workers > 1 else kind}"
            raise failed(self.shown(), seen, expected, ask or f"What makes a new {kind}?", self.picture())

    def expect_seconds(self, call: Call, *kinds: str, ask: str = "") -> None:
        """The call returned a dict with these keys and, for each, a positive finite float. Raises CheckFailed."""
        call.expect_end()
        expected = f"a dict with a number of seconds for {listed(map(repr, kinds))}"
        if call.error is not None:
            raise call.failed_by_error(expected)
        value = call.value
        if type(value) is not dict or sorted(map(describe, value)) != sorted(map(describe, kinds)):
            raise failed(call.shown, f"returned {describe(value)}", expected, ask or "Which keys does the dict have?")
        for kind, seconds in value.items():
            if type(seconds) is not float or not 0 < seconds < math.inf:
                seen = f"for {kind!r} it gave {describe(seconds)}"
                ask = ask or "Which clock gives seconds as a float, and when is it read?"
                raise failed(call.shown, seen, "a positive float for each kind", ask)

    def close(self) -> None:
        """Let everything go, so that the code comes to its own end, and fence off what does not."""
        super().close()
        for ticket in self._tickets:
            _units.pop(ticket, None)

    # the machinery

    def _expect_running(self, number: int, ask: str) -> None:
        self.settle()
        held, names = self.held, listed(map(str, self.held))
        kinds = sorted({self._kinds[each] for each in held})
        expected = f"{number} running at the same time, and one way after the other"
        if len(held) == number and len(kinds) == 1 and kinds[0] in _MANY:
            return
        self._expect_not_failed(expected)
        if not held:
            done = [kind for kind in _MANY if kind in self._kinds.values()]
            seen = f"so far jobs ran in {' and in '.join(_MANY[kind] for kind in done) or 'no way at all'}; now "
            seen += "the call has returned" if self._finished() else f"every thread waits{self.whereabouts()}"
            default = "How many times is each url fetched, and by whom?"
        elif _CALLER in kinds:
            seen = f"{names} ran in the thread that called {self.calls[0].name}, and no other could start meanwhile"
            default = "Is the job called right here, or handed over to be called there?"
        elif _BLOCKED in kinds:
            seen = f"{names} was called in a coroutine, and its whole event loop stood still meanwhile"
            default = "Which of the two functions lets other coroutines run while it waits?"
        elif len(kinds) > 1:
            seen = f"jobs in {' and in '.join(_MANY[kind] for kind in kinds)} at the same time: {names}"
            default = "When has the first way ended, and who waits for that?"
        elif len(held) > number:
            seen, default = f"{len(held)} {_MANY[kinds[0]]} at the same time: {names}", _BOUND
        else:
            seen = f"only {len(held)} of the {_MANY[kinds[0]]} at the same time: {names}"
            default = "What does the next one wait for?"
        raise failed(self.shown(), seen, expected, ask or default, self.picture())

    def _start(self, call: Call) -> Call:
        self.calls.append(call)
        self.own_thread(call._body, name=f"call of {call.name}")
        return call

    def _hold(self, job: str, key: Any, place: int, in_coroutine: str = _BLOCKED) -> None:
        """Called where the student's code calls a plain job: wait in the way that suits the caller."""
        greenlet, me = _current_greenlet(), threading.current_thread()
        if greenlet is not None:
            import gevent

            hub = gevent.get_hub()
            hub.exception_stream = None  # what a job raises is the student's business, and not the reader's
            with hub.loop.async_() as bell:
                held = Held(job, key, place, greenlet, False, lambda: hub in self._destroyed or bell.send())
                if self._admit_as(held, "greenlet", hub):
                    try:
                        hub.wait(bell)
                    finally:
                        self._let_end(held)
            return
        baton, frame = threading.Lock(), _coroutine_frame()
        baton.acquire()
        kind = _CALLER if any(call.thread is me for call in self.calls) else "thread"
        if frame is not None:
            kind = in_coroutine
        if self._admit_as(Held(job, key, place, frame or me, kind == _CALLER, baton.release), kind):
            baton.acquire()

    def _admit_as(self, held: Held, kind: str, home: Any = None) -> bool:
        """Take in a job of a worker of this kind, which runs in this hub or event loop; see `Gate._admit`."""
        with self.changed:
            self._kinds[held] = kind
            if home is not None:
                self._homes.setdefault(kind, set()).add(home)
            return self._admit(held)

    def _let_end(self, held: Held) -> None:
        with self.changed:
            if held.running:  # killed or cancelled, and not released by the test
                self._end(held)

    def _arrive(self, held: Held) -> None:
        self._kinds.setdefault(held, "process")
        super()._arrive(held)

    def _name_arrivals(self) -> None:
        super()._name_arrivals()
        for held in self.arrived:
            if (kind := self._kinds[held]) in _MANY:
                held.who = f"{kind} {held.who.rpartition(' ')[2]}"

    def _elsewhere(self, kinds: Iterable[str]) -> str:
        """Where else jobs ran, as text to append."""
        found = [kind for kind in (*_MANY, _BLOCKED, _CALLER) if kind not in kinds and kind in self._kinds.values()]
        return f", {' and '.join(_PLACES.get(kind) or f'in {_MANY[kind]}' for kind in found)}" if found else ""


class Unit:
    """Made by `Ways.unit`."""

    def __init__(self, name: str, ticket: bytes, home: int) -> None:
        self.__name__ = self.__qualname__ = name
        self._ticket, self._home = ticket, home

    def __call__(self) -> None:
        if os.getpid() != self._home:
            pickle.loads(self._ticket)
        elif self._ticket in _units:
            _units[self._ticket]._hold(self.__name__, (), 0, in_coroutine="coroutine")

    def __reduce__(self) -> Any:
        return Unit, (self.__name__, self._ticket, self._home)


class WayCall(Call):
    """A call in a thread whose hub, if the code made one, ends with it. Made by `Ways.start`."""

    run: Ways

    def _body(self) -> None:
        super()._body()
        local = sys.modules.get("gevent._hub_local")
        hub = local.get_hub_if_exists() if local is not None else None
        if hub is not None:
            with self.run.changed:
                self.run._destroyed.add(hub)
            hub.destroy(destroy_loop=True)


class CellCall(WayCall):
    """A call made while an event loop runs in its thread. Made by `Ways.start_in_notebook`."""

    def _invoke(self, function: Callable[..., Any]) -> Any:
        with asyncio.Runner(debug=False) as runner:
            return runner.run(_in_running_loop(function, self._arguments, self._note_busy))

    def _note_busy(self) -> None:
        with self.run.changed:  # now: a cell's loop would go on, whereas this one ends with all its tasks
            self.busy = self.run.busy()


async def _in_running_loop(
    function: Callable[..., Any], arguments: tuple[Any, ...], returned: Callable[[], None]
) -> Any:
    try:
        return function(*arguments)
    finally:
        returned()


def _current_greenlet() -> Any:
    """The greenlet that runs, unless it is all that its thread has, as in each worker of gevent's ThreadPool."""
    module = sys.modules.get("greenlet")
    current = module.getcurrent() if module is not None else None
    if current is None or current.parent is None or type(current).__module__ == "gevent.threadpool":
        return None
    return current


def _coroutine_frame() -> Any:
    """The frame of the innermost coroutine that runs in this thread, without the test's own; None if none does."""
    frame = sys._getframe(1)
    while frame is not None and frame.f_code is not _in_running_loop.__code__:
        if frame.f_code.co_flags & _COROUTINE:
            return frame
        frame = frame.f_back
    return None


def _waker(loop: asyncio.AbstractEventLoop, future: asyncio.Future) -> Callable[[], None]:
    def resolve() -> None:
        if not future.done():
            future.set_result(None)

    def wake() -> None:
        with suppress(RuntimeError):  # the loop is closed
            loop.call_soon_threadsafe(resolve)

    return wake


def _place(table: Mapping[Any, Any], key: Any) -> int:
    return next((place for place, known in enumerate(table) if known == key), len(table))
