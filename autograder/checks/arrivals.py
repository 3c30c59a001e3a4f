"""Plain numbers and texts that report when another process receives them, and wait there until the test lets go.

A worker process receives data by unpickling it: that is where a value reports. Under `fork` a child has what its
`Process` object holds without any pickling; there the child reports itself first, and then the values in that object,
in the order in which the other start methods would.
"""

from __future__ import annotations

import multiprocessing
import multiprocessing.process
import os
import sys
import traceback
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from multiprocessing.connection import Client, Connection, Listener
from multiprocessing.process import BaseProcess
from types import FunctionType, MethodType
from typing import Any

from autograder.checks.places import student_line
from autograder.checks.values import Plain

LONGEST_REPORT = 1000  # bytes

Address = tuple[Any, str, int | None, int]  # where to report, its key, the number of the value, the test's process

_open_doors: list[Door] = []
products: list[tuple[int, str]] = []  # the first number that the test's process has multiplied, and in which line


class Door:
    """Where the worker processes of one run report.

    Parameters: `arrived(pid, number, let_go)` is called for each value that a process received, with its number among
    the `values`, or with None for a process that was just forked; the process waits until somebody calls `let_go()`.
    """

    def __init__(self, arrived: Callable[[int, int | None, Callable[[], None]], None]) -> None:
        self._arrived = arrived
        # No key for multiprocessing: its handshake takes a process longer than to import all else that is needed here.
        self._key = os.urandom(16).hex()
        self._listener = Listener()
        self._closed = False
        self._home = os.getpid()
        self.values: list[int | str] = []
        _open_doors.append(self)

    def address(self, number: int | None = None) -> Address:
        """What a process needs to report here."""
        return self._listener.address, self._key, number, self._home

    def value(self, value: int | str) -> Any:
        """A number or text that reports here when another process receives it; else like the plain one."""
        self.values.append(value)
        return _held(value, self.address(len(self.values) - 1))

    def serve(self) -> None:
        """Take in reports until the door is closed: the body of a thread."""
        while True:
            said: list[str] = []
            try:
                connection = self._listener.accept()
            except OSError:
                return
            with suppress(EOFError, OSError, ValueError):
                said = connection.recv_bytes(LONGEST_REPORT).decode().split()
            if self._closed:
                return
            if len(said) == 3 and said[0] == self._key:
                number = int(said[2])
                self._arrived(int(said[1]), None if number < 0 else number, partial(_let_go, connection))

    def close(self) -> None:
        """From now on children are not told of this door; `wake` ends the thread that serves."""
        self._closed = True
        _open_doors.remove(self)

    def wake(self) -> None:
        """Show the thread that serves that the door is closed; it may be busy with a report, so nobody waits."""
        with suppress(OSError):
            Client(self._listener.address).close()
        self._listener.close()


class HeldInt(int, Plain):
    """A number that reports its arrival in another process, and notes where this one multiplies it."""

    def __mul__(self, other: Any) -> Any:
        _note_product(self)
        return super().__mul__(other)

    def __rmul__(self, other: Any) -> Any:
        _note_product(self)
        return super().__rmul__(other)

    def __pow__(self, other: Any, modulus: Any = None) -> Any:
        _note_product(self)
        return super().__pow__(other, modulus)

    def __reduce__(self) -> Any:
        return _receive, (self.plain, self.address)


class HeldStr(str, Plain):
    """A text that reports its arrival in another process."""

    def __reduce__(self) -> Any:
        return _receive, (self.plain, self.address)


def processes_made() -> int:
    """How many processes `multiprocessing` has made in this process so far."""
    return int(repr(multiprocessing.process._process_counter)[len("count(") : -1]) - 1


def _note_product(number: HeldInt) -> None:
    if not products and os.getpid() == number.address[-1]:
        products.append((number.plain, student_line(traceback.walk_stack(sys._getframe(2)))))


def _held(value: int | str, address: Address) -> HeldInt | HeldStr:
    held = HeldStr(value) if isinstance(value, str) else HeldInt(value)
    held.plain, held.address = value, address
    return held


def _receive(value: int | str, address: Address) -> Any:
    """Unpickle a value: in a worker process, report it and wait; in one that only hands it on, stay as it was."""
    in_manager = hasattr(multiprocessing.current_process(), "_manager_server")
    if os.getpid() == address[-1] or in_manager:
        return _held(value, address)
    _report(address)
    return value


def _report(address: Address) -> None:
    """Say that this process is here, or a value in it, and wait until it is let go or nobody listens any more."""
    where, key, number, _ = address
    with suppress(OSError, EOFError), Client(where) as connection:
        connection.send_bytes(f"{key} {os.getpid()} {-1 if number is None else number}".encode())
        connection.recv_bytes(LONGEST_REPORT)


def _let_go(connection: Connection) -> None:
    with suppress(OSError):
        connection.send_bytes(b"go on")
        connection.close()


def _after_fork() -> None:
    """In a child that was just forked: report it, and then what its `Process` object holds."""
    doors, _open_doors[:] = _open_doors[:], []
    process = None
    frame = sys._getframe() if doors else None
    while frame is not None:
        module = frame.f_globals.get("__name__")
        if module == "multiprocessing.managers":
            return  # the server of a manager is no worker
        if module == "multiprocessing.popen_fork":
            process = frame.f_locals.get("process_obj")
        frame = frame.f_back
    addresses = [door.address() for door in doors] + [value.address for value in _held_in(process, set())]
    for address in addresses:
        if address[-1] == os.getppid():
            _report(address)


def _held_in(value: Any, seen: set[int]) -> Iterator[HeldInt | HeldStr]:
    """The values that pickling would find in an object, and those in a closure, each once; `seen` are known ids."""
    if id(value) not in seen:
        seen.add(id(value))
        if isinstance(value, HeldInt | HeldStr):
            yield value
        for part in _parts(value):
            yield from _held_in(part, seen)


def _parts(value: Any) -> list[Any]:
    if isinstance(value, list | tuple | set | frozenset | deque):
        return list(value)
    if isinstance(value, dict):
        return [part for item in value.items() for part in item]
    if isinstance(value, partial):
        return [value.func, value.args, value.keywords]
    if isinstance(value, MethodType):
        return [value.__self__]
    if isinstance(value, FunctionType):
        from inspect import getclosurevars  # which a process that was spawned need not import

        return [getclosurevars(value).nonlocals, value.__defaults__]
    is_own = type(value).__module__.partition(".")[0] not in sys.stdlib_module_names
    return list(getattr(value, "__dict__", {}).values()) if is_own or isinstance(value, BaseProcess) else []


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
