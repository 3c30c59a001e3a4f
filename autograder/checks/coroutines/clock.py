"""Gives the threads of a run their own time, and hears of coroutines that nobody awaited.

While a run lasts, the functions of `time` and one hook of `warnings` are stand-ins that hand every other thread on to
the real ones. When the last run ends, all is as it was.
"""

from __future__ import annotations

import asyncio
import heapq
import inspect
import itertools
import selectors
import sys
import threading
import time
import types
import warnings
from collections.abc import Callable
from typing import Any, Protocol

from autograder.checks.student import Reference

EPOCH = 1000.0  # the loop's time at the beginning: time 0 would be taken for "never" by code that tests for truth

_READINGS = ("monotonic", "perf_counter", "time")
_UNAWAITED = "_warn_unawaited_coroutine"  # what the interpreter calls for a coroutine that dies without having begun

_lock = threading.Lock()
_runs: list[Run] = []
_originals: dict[str, Callable[..., Any]] = {}


class Run(Protocol):
    """What a run must offer to have a clock of its own."""

    now: float  # seconds, of the loop's time
    loop_threads: set[int]  # identifiers of the threads in which the run's event loops run

    def owns_this_thread(self) -> bool: ...
    def sleep(self, seconds: float) -> None: ...
    def never_awaited(self, coroutine: types.CoroutineType) -> None: ...
    def select(self, timeout: float | None, real: Callable[[float | None], list[Any]]) -> list[Any]: ...
    def made_task(self, task: asyncio.Task) -> None: ...
    def new_loop(self) -> asyncio.AbstractEventLoop: ...


def enter(run: Run) -> None:
    """From now on the threads of this run have the run's time."""
    with _lock:
        if not _runs:
            _originals.update({name: getattr(time, name) for name in (*_STAND_INS, *_READINGS)})
            _originals["new_event_loop"] = asyncio.events.new_event_loop
            _originals[_UNAWAITED] = getattr(warnings, _UNAWAITED, _ignore)
            for name, function in _STAND_INS.items():
                setattr(time, name, function)
            asyncio.events.new_event_loop = _new_event_loop
            setattr(warnings, _UNAWAITED, _never_awaited)
        _runs.append(run)


def leave(run: Run) -> None:
    """Undo `enter`; safe to call twice."""
    with _lock:
        if run not in _runs:
            return
        _runs.remove(run)
        if not _runs:
            for name in _STAND_INS:
                setattr(time, name, _originals[name])
            asyncio.events.new_event_loop = _originals["new_event_loop"]
            setattr(warnings, _UNAWAITED, _originals[_UNAWAITED])


def swap_names(function: Any) -> Callable[[], None]:
    """Put the stand-ins where the student wrote `from time import sleep`; returns what undoes that.

    Parameters: `function`, any function, method, class or `student.NAME` of the module in question. Call it between
    `enter` and `leave`.
    """
    if isinstance(function, Reference):
        names = vars(sys.modules.get(function.module, types.ModuleType("")))
    else:
        function = inspect.unwrap(getattr(function, "__func__", function))
        names = getattr(function, "__globals__", None)
        if type(names) is not dict:
            names = vars(sys.modules.get(getattr(function, "__module__", ""), types.ModuleType("")))
    swapped = {}
    for name, value in list(names.items()):
        for known, stand_in in _STAND_INS.items():
            if value is _originals[known]:
                swapped[name] = (value, stand_in)
                names[name] = stand_in

    def undo() -> None:
        for name, (value, stand_in) in swapped.items():
            if names.get(name) is stand_in:
                names[name] = value

    return undo


class VirtualLoop(asyncio.SelectorEventLoop):
    """An event loop whose time and whose waiting are the run's business.

    Only what every event loop of the standard library shares is touched, so that `nest_asyncio` may patch it.
    """

    def __init__(self, run: Run) -> None:
        self._run = run
        self._numbers = itertools.count()
        super().__init__(_Selector(run))
        self._clock_resolution = 1e-9

    def time(self) -> float:
        return self._run.now

    def call_at(self, when: float, callback: Callable[..., Any], *args: Any, context: Any = None) -> asyncio.TimerHandle:
        # Real timers are never due at the very same moment. Virtual ones are, and then go by the order of making.
        self._check_closed()
        timer = _Timer(when, callback, args, self, context)
        timer.number = next(self._numbers)
        heapq.heappush(self._scheduled, timer)
        timer._scheduled = True
        return timer

    def create_task(self, coro: Any, **options: Any) -> asyncio.Task:
        task = super().create_task(coro, **options)
        self._run.made_task(task)
        return task

    async def shutdown_default_executor(self, timeout: float | None = None) -> None:
        # Joining the workers would wait for one that is stuck.
        if self._default_executor is not None:
            self._default_executor.shutdown(wait=False)


class _Selector(selectors.DefaultSelector):
    def __init__(self, run: Run) -> None:
        super().__init__()
        self._run = run

    def select(self, timeout: float | None = None) -> list[Any]:
        return self._run.select(timeout, super().select)


class _Timer(asyncio.TimerHandle):
    __slots__ = ("number",)

    def __lt__(self, other: Any) -> bool:
        return (self._when, self.number) < (other._when, other.number)


def _ignore(_: object) -> None:
    pass


def _run_of_loop() -> Run | None:
    me = threading.get_ident()
    return next((run for run in reversed(_runs) if me in run.loop_threads), None)


def _sleep(seconds: Any, /) -> None:
    run = _run_of_loop() or next((run for run in reversed(_runs) if run.owns_this_thread()), None)
    if run is None or not isinstance(seconds, int | float) or not seconds >= 0:
        _originals["sleep"](seconds)
    else:
        run.sleep(seconds)


def _reading(name: str, in_nanoseconds: bool = False) -> Callable[[], float]:
    def read() -> float:
        run = _run_of_loop()
        # The library's own deadlines (those of a real loop or of a process, say) stay in real time.
        if run is None or sys._getframe(1).f_globals.get("__name__", "").partition(".")[0] in sys.stdlib_module_names:
            return _originals[name + "_ns" * in_nanoseconds]()
        now = run.now + (_BEGAN if name == "time" else 0)
        return round(now * 1e9) if in_nanoseconds else now

    return read


_BEGAN = 1.7e9  # seconds; the time of day at which every run takes place
_STAND_INS: dict[str, Callable[..., Any]] = {
    "sleep": _sleep,
    **{name: _reading(name) for name in _READINGS},
    **{f"{name}_ns": _reading(name, in_nanoseconds=True) for name in _READINGS},
}


def _new_event_loop() -> asyncio.AbstractEventLoop:
    run = _run_of_loop()
    return run.new_loop() if run is not None else _originals["new_event_loop"]()


def _never_awaited(coroutine: types.CoroutineType) -> None:
    # Origins are recorded in threads of runs only; jobs may have been called by the test cell itself.
    ours = coroutine.cr_origin is not None or coroutine.cr_code.co_filename.startswith(__file__.removesuffix("clock.py"))
    run = _run_of_loop() or (_runs[-1] if ours and _runs else None)
    if run is not None:
        run.never_awaited(coroutine)
    else:
        _originals[_UNAWAITED](coroutine)
