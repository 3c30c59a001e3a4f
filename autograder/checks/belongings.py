"""What student code shares with everything else in its process, put back as it was after each run.

Modules of the standard library that the student's code changed (`time.sleep = ...`, a monkey patch) are restored and
named, and what it prints is bounded, so that neither can touch the next test.
"""

from __future__ import annotations

import builtins
import sys
import threading
from types import ModuleType
from typing import Any

MOST_OUTPUT = 1_000_000  # characters that one run may print

_WATCHED = (
    "_thread",
    "asyncio",
    "asyncio.events",
    "asyncio.futures",
    "asyncio.tasks",
    "concurrent.futures",
    "concurrent.futures.process",
    "concurrent.futures.thread",
    "multiprocessing",
    "os",
    "queue",
    "select",
    "socket",
    "ssl",
    "subprocess",
    "threading",
    "time",
)


class Belongings:
    """Remembers what the run finds, and puts it back."""

    def __init__(self) -> None:
        self._before = {name: dict(vars(module)) for name, module in _modules().items()}
        self._streams = sys.stdout, sys.stderr
        self.bounded: list[BoundedStream] = []

    def bound_output(self) -> None:
        """From now on the run may print `MOST_OUTPUT` characters; a thread that prints more is ended."""
        self.bounded = [BoundedStream(stream) for stream in self._streams]
        sys.stdout, sys.stderr = self.bounded

    def output_exceeded(self) -> bool:
        """Whether the run printed more than it may."""
        return any(stream.exceeded for stream in self.bounded)

    def put_back(self) -> list[str]:
        """Undo every change; the names that had been changed, such as `time.sleep`, sorted."""
        if self.bounded and [sys.stdout, sys.stderr] == self.bounded:
            sys.stdout, sys.stderr = self._streams
        changed = []
        for name, module in _modules().items():
            before, now = self._before.get(name, {}), vars(module)
            for attribute, value in before.items():
                if attribute not in _CHANGING and now.get(attribute, _MISSING) is not value:
                    setattr(module, attribute, value)
                    changed.append(f"{name}.{attribute}")
            for attribute in now.keys() & _MARKS - before.keys():
                delattr(module, attribute)
        return sorted(changed)


class BoundedStream:
    """Passes text on to a stream up to a bound, then ends the thread that writes."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream
        self._left = MOST_OUTPUT
        self._lock = threading.Lock()
        self.exceeded = False

    def write(self, text: str) -> int:
        """Write, or raise SystemExit in the thread that writes too much."""
        with self._lock:
            self._left -= len(text)
            self.exceeded = self.exceeded or self._left < 0
            if self.exceeded:
                raise SystemExit("printed too much")
        return self._stream.write(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


_MISSING = object()
# By these `nest_asyncio` knows that it has patched asyncio already, which is no longer true.
_MARKS = {"_nest_patched", "_nest_asyncio2"}
# Names that Python itself sets while it works: lazy imports, counters, the list of running threads.
_CHANGING = {"__warningregistry__", "__builtins__", "_shutdown_locks", "_dangling", "_event_loop_policy"}


def _modules() -> dict[str, ModuleType]:
    watched = {name: sys.modules[name] for name in _WATCHED if name in sys.modules}
    return {**watched, "builtins": builtins}
