"""What student code shares with everything else in its process, named where it was changed and put back after each run.

Modules of the standard library that the student's code changed (`time.sleep = ...`, a monkey patch) are restored, and
so are builtins, the working folder, the environment and the like; what it prints is bounded, and sockets that it left
open are closed. So none of that can touch the next test.
"""

from __future__ import annotations

import _socket
import builtins
import gc
import multiprocessing
import os
import socket
import sys
import threading
import weakref
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from types import ModuleType
from typing import Any

from autograder.checks.failure import CheckFailed, failed
from autograder.checks.places import is_called_by_student
from autograder.checks.values import listed

MOST_OUTPUT = 1_000_000  # characters that one run may print

_WATCHED = (
    "_thread",
    "asyncio",
    "asyncio.events",
    "asyncio.futures",
    "asyncio.tasks",
    "builtins",
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
# Other things of the whole process: how to ask for them, and how to put them back.
_SETTINGS: tuple[tuple[Callable[[], Any], Callable[[Any], Any]], ...] = (
    (os.getcwd, os.chdir),
    (lambda: dict(os.environ), lambda before: (os.environ.clear(), os.environ.update(before))),
    (lambda: list(sys.path), lambda before: sys.path.__setitem__(slice(None), before)),
    (sys.getrecursionlimit, sys.setrecursionlimit),
    (sys.getswitchinterval, sys.setswitchinterval),
    (sys.gettrace, sys.settrace),
    (sys.getprofile, sys.setprofile),
    (threading.gettrace, threading.settrace),
    (threading.getprofile, threading.setprofile),
    (gc.isenabled, lambda enabled: gc.enable() if enabled else gc.disable()),
    (socket.getdefaulttimeout, socket.setdefaulttimeout),
    (
        lambda: multiprocessing.get_start_method(allow_none=True),
        lambda before: multiprocessing.set_start_method(before, force=True),
    ),
    *(
        (lambda name=name: getattr(sys, name, None), lambda before, name=name: setattr(sys, name, before))
        for name in ("stdin", "stdout", "stderr", "displayhook", "excepthook", "unraisablehook")
    ),
)
# By these `nest_asyncio` knows that it has patched asyncio already, which is no longer true.
_MARKS = {"_nest_patched", "_nest_asyncio2"}
# What these put into modules they put there for good reason: the virtual clock, and loops within loops.
_WELCOME = ("autograder", "nest_asyncio", "nest_asyncio2")
_MISSING = object()
# `site` makes `exit` and `quit`, and IPython takes them away.
_BUILTINS = {name: value for name, value in vars(builtins).items() if name not in ("exit", "quit")}
_builtins_now = vars(builtins)
_open: list[Belongings] = []
_hooked = False


def left_changed(did: str, changed: list[str]) -> CheckFailed:
    """The failure of code that changed these names for the whole process."""
    return failed(
        did,
        f"the code changed {listed(changed)} and left it so",
        "what belongs to the whole process stays as it is",
        "Who else uses this, and what becomes of them?",
    )


class Belongings:
    """Remembers what the run finds, and puts it back.

    Parameters: `copies`, the modules that the student's code sees in place of those of the same names, if it does.
    """

    def __init__(self, copies: Mapping[str, ModuleType] | None = None) -> None:
        global _hooked
        self._are_copies = copies is not None
        self._modules = dict(copies or {name: sys.modules[name] for name in _WATCHED if name in sys.modules})
        self._before = {name: dict(vars(module)) for name, module in self._modules.items()}
        self._settings = [_ask(ask) for ask, _ in _SETTINGS]
        self.bounded: list[BoundedStream] = []
        self.mended = 0  # how often builtins had to be put back in the middle of the run
        self._deleted: set[str] = set()
        self._sockets: weakref.WeakSet[Any] = weakref.WeakSet()
        self._home = threading.get_ident()
        _open.append(self)
        if not _hooked:
            sys.addaudithook(_hear)  # stays for good
            _hooked = True

    def bound_output(self) -> None:
        """From now on the run may print `MOST_OUTPUT` characters; a thread that prints more is ended."""
        self.bounded = [BoundedStream(stream) for stream in (sys.stdout, sys.stderr)]
        sys.stdout, sys.stderr = self.bounded

    def output_exceeded(self) -> bool:
        """Whether the run printed more than it may."""
        return any(stream.exceeded for stream in self.bounded)

    def mend_builtins(self) -> None:
        """Put builtins back that were deleted. Uses none of them, for that very reason."""
        missing = _BUILTINS.keys() - _builtins_now.keys()
        if missing:
            _builtins_now.update({name: _BUILTINS[name] for name in missing})  # a kernel has an `input` of its own
            self._deleted |= missing
            self.mended += 1

    def changed(self) -> list[str]:
        """The names that the student's code has changed for the whole process, such as `time.sleep`, sorted."""
        changes = [(name, now) for name, now in self._changes() if self._are_copies or not _is_welcome(now)]
        found = {f"{module}.{attribute}" for (module, attribute), _ in changes}
        return sorted(found | {f"builtins.{name}" for name in self._deleted})

    def sockets(self) -> list[Any]:
        """The sockets that the student's code made and that are still open."""
        if any(map(_is_open, list(self._sockets))):
            gc.collect()  # one that nobody can reach is closed by that
        return list(filter(_is_open, list(self._sockets)))

    def put_back(self) -> list[str]:
        """Undo every change, and close what is open; the names that had been changed, as `changed` says them."""
        self.mend_builtins()
        with suppress(ValueError):
            _open.remove(self)
        if not self._are_copies:
            sys.modules.update(self._modules)
        changed = self.changed()
        for (name, attribute), _ in list(self._changes()):
            setattr(self._modules[name], attribute, self._before[name][attribute])
        for name, module in self._modules.items():
            for attribute in vars(module).keys() & _MARKS - self._before[name].keys():
                delattr(module, attribute)
        for (ask, put), before in zip(_SETTINGS, self._settings, strict=True):
            if _ask(ask) != before:
                with suppress(Exception):
                    put(before)
        for one in self.sockets():
            with suppress(OSError):
                _socket.socket.close(one)
        try:
            os.fstat(0)
        except OSError:
            os.open(os.devnull, os.O_RDONLY)  # gets the number 0, which the next file or socket would get otherwise
        return changed

    def _changes(self) -> Iterator[tuple[tuple[str, str], Any]]:
        """Module and name, and present value, of what is no longer as it was.

        What is private and no function is Python's own note of something, and changes while it works.
        """
        for name, module in self._modules.items():
            now = vars(module)
            for attribute, before in self._before[name].items():
                if now.get(attribute, _MISSING) is before or (attribute.startswith("_") and not callable(before)):
                    continue
                if not self._are_copies or not (attribute.startswith("_") or attribute == "excepthook"):
                    yield (name, attribute), now.get(attribute, _MISSING)  # copies are reset for each schedule

    def _hear_of(self, one: Any) -> None:
        if threading.get_ident() != self._home and is_called_by_student(sys._getframe(2)):
            self._sockets.add(one)


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


def _hear(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "socket.__new__" and _open:
        with suppress(Exception):
            _open[-1]._hear_of(arguments[0])


def _ask(setting: Callable[[], Any]) -> Any:
    with suppress(OSError):
        return setting()


def _is_open(one: Any) -> bool:
    return _socket.socket.fileno(one) >= 0


def _is_welcome(value: Any) -> bool:
    module = getattr(value, "__module__", None)
    # Loops within loops need the classes of asyncio that are written in Python: `nest_asyncio` puts them in place.
    twins = [getattr(sys.modules.get(f"asyncio.{name}s"), f"_Py{name.title()}", None) for name in ("task", "future")]
    return any(value is twin for twin in twins) or (type(module) is str and module.partition(".")[0] in _WELCOME)
