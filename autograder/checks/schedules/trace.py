"""Makes each interesting instruction of the student's code, and of nothing else, a step of the schedule.

Python 3.11 traces opcodes in the threads of the schedule. From 3.12 on, `sys.monitoring` does it with a tool of its own
and local events; opcode tracing by `settrace` crashed 3.12.1. Afterwards nothing of either is left.
"""

from __future__ import annotations

import _thread
import functools
import os
import sys
import sysconfig
from collections.abc import Callable, Iterable
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

from autograder.checks.interrupt import take_pending
from autograder.checks.schedules.points import Point, points_of
from autograder.checks.schedules.scheduler import ENDED, Abort, Scheduler

MONITORS = sys.version_info >= (3, 12)

# The real ones: nobody else in the threads of a schedule may call them.
set_trace = sys.settrace
_EVENTS = getattr(sys, "monitoring", None)
_set_local_events = getattr(_EVENTS, "set_local_events", None)
_GUARDED = (
    (sys, "settrace"),
    *(
        (_EVENTS, name)
        for name in (
            *("use_tool_id", "free_tool_id", "clear_tool_id", "register_callback"),
            *("set_events", "set_local_events", "restart_events"),
        )
        if hasattr(_EVENTS, name)
    ),
)

_LIBRARY = tuple(
    {
        os.path.realpath(path)
        for name in ("stdlib", "platstdlib", "purelib", "platlib")
        if (path := sysconfig.get_path(name))
    }
    | {str(Path(__file__).resolve().parents[2])}
)


_VALUES = (int, float, complex, bool, str, bytes, type(None))


@functools.cache
def is_library(module: str) -> bool:
    """Whether a module of that name belongs to Python, an installed package or the checks."""
    found = sys.modules.get(module)
    if module == "__main__" or found is None:
        return False
    file = getattr(found, "__file__", None)
    return file is None or os.path.realpath(file).startswith(_LIBRARY)


def _is_arithmetic(point: Point, frame: FrameType) -> bool:
    """Whether an operator computes from values that nobody can change: looked at once, when it is first come by."""
    names, point.operands = point.operands, None
    values = frame.f_locals
    return all(type(values.get(name)) in _VALUES for name in names)


def _inner_names(code: CodeType) -> list[str]:
    return [one.co_name for one in code.co_consts if isinstance(one, CodeType)]


class Tracer:
    """Use it as a context manager around all schedules of one exploration; `scheduler` is the one that runs now.

    `own` are files whose code is the test's and not the student's.
    """

    def __init__(self, own: Iterable[str]) -> None:
        self.scheduler: Scheduler | None = None
        self._own = set(own)
        self._files: dict[str, bool] = {}
        self._namespaces: dict[int, dict[str, Any]] = {}
        self._points: dict[int, dict[int, Point]] = {}  # by id of the code, whose hash and equality are slow
        self._codes: list[CodeType] = []
        self._others: dict[int, CodeType] = {}  # that are not the student's
        self._made: dict[CodeType, dict[int, Point]] = {}  # from texts, perhaps again and again
        self._tool: int | None = None
        self._real = [(owner, name, getattr(owner, name)) for owner, name in _GUARDED]
        self.guards = [(real, self._guard(name, real)) for _, name, real in self._real]

    def is_students(self, code: CodeType, names: dict[str, Any]) -> bool:
        """Whether this is code of the student: of a cell or a file that is neither the library's nor the test's.

        Parameters: `names`, the global ones that it uses: code that was made from a text has no file to tell it by.
        """
        name = code.co_filename
        answer = self._files.get(name)
        if answer is None:
            # A cell is called <ipython-input-...> or is a file that does not exist; <string> is made by the library.
            made = name.startswith("<") and not name.startswith("<ipython")
            answer = not (made or name in self._own or os.path.realpath(name).startswith(_LIBRARY))
            self._files[name] = answer
        return answer or (name not in self._own and self._is_made(code, names))

    def _is_made(self, code: CodeType, names: dict[str, Any]) -> bool:
        """Whether this is code of the student's, whatever it says of its file."""
        if code.co_qualname.startswith("__create_fn__") or "__create_fn__" in _inner_names(code):
            return False  # made by `dataclasses`
        if id(names) in self._namespaces:
            return True
        module = names.get("__name__")
        if module is None:  # that of `exec(text, {})`
            return code.co_filename == "<string>" or not code.co_filename.startswith("<")
        found = sys.modules.get(module) if type(module) is str else None
        return getattr(found, "__dict__", None) is names and not is_library(module)

    def note_namespace(self, names: dict[str, Any]) -> None:
        """These are the global names of code of the student's, unless they are the library's."""
        module = names.get("__name__")
        if type(module) is not str or not is_library(module):
            self._namespaces[id(names)] = names

    def is_own(self, code: CodeType) -> bool:
        """Whether this is code of the test's."""
        return code.co_filename in self._own

    def add(self, code: CodeType, names: dict[str, Any]) -> None:
        """Trace this code and all functions within it, if it is the student's; it uses these global names."""
        if id(code) in self._points or not self.is_students(code, names):
            return
        if code.co_filename != "<string>":
            self._points[id(code)] = points_of(code)
        else:
            if code not in self._made:
                self._made[code] = points_of(code)
            self._points[id(code)] = self._made[code]
        self._codes.append(code)
        if self._tool is not None:
            _set_local_events(self._tool, code, sys.monitoring.events.INSTRUCTION)
        for constant in code.co_consts:
            if isinstance(constant, CodeType):
                self.add(constant, names)

    def run(self, body: Callable[[], None]) -> None:
        """Run the body of a thread of the schedule."""
        if MONITORS:
            body()
            return
        set_trace(self._called)
        try:
            body()
        finally:
            set_trace(None)

    def __enter__(self) -> Tracer:
        if not MONITORS:
            take_pending()
        else:
            self._tool = next((one for one in (4, 3, 2, 1, 5, 0) if sys.monitoring.get_tool(one) is None), None)
            if self._tool is None:
                raise RuntimeError("sys.monitoring has no free tool id: is a debugger, profiler or coverage running?")
            sys.monitoring.use_tool_id(self._tool, "autograder.checks.schedules")
            sys.monitoring.register_callback(self._tool, sys.monitoring.events.INSTRUCTION, self._instruction)
            for code in self._codes:
                _set_local_events(self._tool, code, sys.monitoring.events.INSTRUCTION)
        for (owner, name, _), (_, guard) in zip(self._real, self.guards, strict=True):
            setattr(owner, name, guard)
        return self

    def __exit__(self, *_: object) -> None:
        for owner, name, real in self._real:
            setattr(owner, name, real)
        if self._tool is not None:
            for code in self._codes:
                sys.monitoring.set_local_events(self._tool, code, 0)
            sys.monitoring.register_callback(self._tool, sys.monitoring.events.INSTRUCTION, None)
            sys.monitoring.free_tool_id(self._tool)
            self._tool = None

    def _guard(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        """Stands for a function that would end the tracing: it does nothing in the threads of the schedule.

        Other threads, a debugger's say, get to the real one.
        """

        def guard(*arguments: Any) -> Any:
            in_schedule = self.scheduler is not None and self.scheduler.me() is not None
            return None if in_schedule else real(*arguments)

        guard.__name__ = guard.__qualname__ = name
        return guard

    def _instruction(self, code: CodeType, offset: int) -> Any:
        points = self._points[id(code)]
        point = points.get(offset)
        if point is not None and point.operands is not None and _is_arithmetic(point, sys._getframe(1)):
            del points[offset]
            point = None
        if point is None:
            return sys.monitoring.DISABLE
        scheduler = self.scheduler
        if scheduler is not None and scheduler.current.ident == _thread.get_ident():
            scheduler.step(point)
        return None

    # Python 3.11

    def _called(self, frame: FrameType, event: str, argument: Any) -> Any:
        code = frame.f_code
        if id(code) not in self._points:
            if id(code) in self._others:
                return None
            if not self.is_students(code, frame.f_globals):
                self._others[id(code)] = code
                return None
            self.add(code, frame.f_globals)
        return self._watch(frame)

    def _watch(self, frame: FrameType) -> Any:
        """Make each opcode of the frame a step; returns the frame's own trace function."""
        frame.f_trace_opcodes, frame.f_trace_lines = True, False
        points, scheduler = self._points[id(frame.f_code)], self.scheduler

        def opcode(frame: FrameType, event: str, argument: Any) -> Any:
            if event == "opcode" and (point := points.get(frame.f_lasti)) is not None:
                if point.operands is not None and _is_arithmetic(point, frame):
                    del points[frame.f_lasti]
                    return opcode
                try:
                    scheduler.step(point)
                except Abort as abort:
                    abort.swallowed = functools.partial(self._trace_again, scheduler)
                    raise
            return opcode

        return opcode

    def _trace_again(self, scheduler: Scheduler) -> None:
        """Python traces no longer when a trace function has raised; but the student's code may catch everything."""
        frame = sys._getframe(1)
        if scheduler.current.ident == _thread.get_ident() and scheduler.current.state is not ENDED:
            while frame is not None:
                if id(frame.f_code) in self._points:
                    frame.f_trace = self._watch(frame)
                frame = frame.f_back
            set_trace(self._called)
