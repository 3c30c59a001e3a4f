"""Gives the threads of a run their own time, and hears of coroutines that nobody awaited.

While a run lasts, the functions of `time` and one hook of `warnings` are stand-ins that hand every other thread on to
the real ones. When the last run ends, all is as it was.
"""

from __future__ import annotations

import asyncio
import os
import sys
import threading
import time
import types
import warnings
from collections.abc import Callable
from typing import Any, Protocol

from autograder.checks.student import Reference

_READINGS = ("monotonic", "perf_counter", "time")
_UNAWAITED = "_warn_unawaited_coroutine"  # what the interpreter calls for a coroutine that dies without having begun

_lock = threading.Lock()
_runs: list[Run] = []
_originals: dict[str, Callable[..., Any]] = {}


class Run(Protocol):
    """What a run must offer to have a clock of its own."""

    now: float  # seconds, of the loop's time
    loop_threads: set[int]  # identifiers of the threads in which the run's event loops run
    home: int  # the one of them in which a loop of the checks runs, as in a notebook; 0 if there is none

    def owns_this_thread(self) -> bool: ...
    def sleep(self, seconds: float) -> None: ...
    def never_awaited(self, coroutine: types.CoroutineType) -> None: ...
    def new_loop(self) -> asyncio.AbstractEventLoop: ...
    def loop_runs(self, loop: asyncio.AbstractEventLoop) -> None: ...


def enter(run: Run) -> None:
    """From now on the threads of this run have the run's time."""
    with _lock:
        if not _runs:
            for module, name, stand_in in _PLACES:
                _originals[name] = getattr(module, name, _ignore)
                setattr(module, name, stand_in)
        _runs.append(run)


def leave(run: Run) -> None:
    """Undo `enter`; safe to call twice."""
    with _lock:
        if run not in _runs:
            return
        _runs.remove(run)
        if not _runs:
            for module, name, stand_in in _PLACES:
                if getattr(module, name) is stand_in:  # else the student's code has changed it, which others find out
                    setattr(module, name, _originals[name])


def swap_names(function: Any) -> Callable[[], None]:
    """Put the stand-ins where the student wrote `from time import sleep`; returns what undoes that.

    Parameters: `function`, any function, method, class or `student.NAME` of the module in question. Call it between
    `enter` and `leave`.
    """
    names, swapped = _names_around(function), {}
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


def _names_around(function: Any) -> dict[str, Any]:
    kind = type(function)
    if kind is types.MethodType:
        return _names_around(function.__func__)
    if kind is types.FunctionType:
        return function.__globals__
    module = (
        function.module if issubclass(kind, Reference) else vars(function).get("__module__") if kind is type else ""
    )
    return vars(sys.modules[module]) if type(module) is str and module in sys.modules else {}


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
    run = _run_of_loop() if asyncio._get_running_loop() is None else None
    if run is None or run.home == threading.get_ident():  # a second loop there has no say in the time of the first
        return _originals["new_event_loop"]()
    return run.new_loop()


def _set_running_loop(loop: asyncio.AbstractEventLoop | None, /) -> None:
    if loop is not None:
        run = _run_of_loop() or next((run for run in reversed(_runs) if run.owns_this_thread()), None)
        if run is not None:
            run.loop_runs(loop)
    _originals["_set_running_loop"](loop)


def _never_awaited(coroutine: types.CoroutineType) -> None:
    # It may die in any thread. Origins are recorded in those of runs only, but a job may come from the test cell.
    is_job = os.path.dirname(coroutine.cr_code.co_filename) == os.path.dirname(__file__)
    run = _run_of_loop() or (_runs[-1] if _runs and (is_job or coroutine.cr_origin is not None) else None)
    if run is not None:
        run.never_awaited(coroutine)
    else:
        _originals[_UNAWAITED](coroutine)


_PLACES = (
    *((time, name, stand_in) for name, stand_in in _STAND_INS.items()),
    (asyncio.events, "new_event_loop", _new_event_loop),
    (asyncio, "new_event_loop", _new_event_loop),
    (asyncio.events, "_set_running_loop", _set_running_loop),
    (warnings, _UNAWAITED, _never_awaited),
)
