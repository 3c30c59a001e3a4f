"""Ends threads by an exception that is raised in them, and undoes what that does to CPython 3.11."""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Iterable
from contextlib import suppress

_raise_in = ctypes.pythonapi.PyThreadState_SetAsyncExc


class _Taken(BaseException):
    """Raised by a thread in itself."""


def end_soon(idents: Iterable[int]) -> None:
    """Raise SystemExit in these threads at their next line of Python; one that is blocked gets there when it wakes."""
    for ident in idents:
        _raise_in(ctypes.c_ulong(ident), ctypes.py_object(SystemExit))
    take_pending()


def take_pending() -> None:
    """Let the calling thread take such an exception, which clears the interpreter's mark that one is pending.

    As long as one waits for a blocked thread, CPython 3.11 keeps that mark, and any thread that is traced goes round
    for ever in RESUME. A thread that wakes sets the mark once more for itself, so nothing is lost.
    """
    with suppress(_Taken):
        _raise_in(ctypes.c_ulong(threading.get_ident()), ctypes.py_object(_Taken))
        while True:
            pass
