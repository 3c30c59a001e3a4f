"""Finds the student's lines among those of libraries and of the checks."""

from __future__ import annotations

import linecache
import os
import sysconfig
from collections.abc import Iterable
from pathlib import Path
from types import FrameType


def _real_paths(*names: str) -> tuple[str, ...]:
    return tuple({os.path.realpath(path) for name in names if (path := sysconfig.get_path(name))})


_STANDARD = _real_paths("stdlib", "platstdlib")
_INSTALLED = (*_real_paths("purelib", "platlib"), str(Path(__file__).resolve().parents[1]))


def student_line(places: Iterable[tuple[FrameType, int]]) -> str:
    """The first of these places (frame, line number) that is in the student's code, as "line 7: `with lock:`"."""
    return line_of((frame.f_code.co_filename, number) for frame, number in places)


def line_of(places: Iterable[tuple[str, int]]) -> str:
    """The same for places that are given as file name and line number."""
    for name, number in places:
        if _is_students(name):
            linecache.checkcache(name)  # a cell may have written the file anew
            text = linecache.getline(name, number).strip()
            # A cell of a notebook has a file name too, but one that says nothing to its author.
            where = f" of {os.path.basename(name)}" if os.path.isfile(name) else ""
            return f"line {number}{where}" + (f": `{text}`" if text else "")
    return ""


def is_called_by_student(frame: FrameType | None) -> bool:
    """Whether it is the student's code that called the function of the standard library which runs in this frame."""
    while frame is not None:
        name = os.path.realpath(frame.f_code.co_filename)
        if name.startswith(_INSTALLED) or not name.startswith(_STANDARD):
            return _is_students(frame.f_code.co_filename)
        frame = frame.f_back
    return False


def _is_students(name: str) -> bool:
    # A relative name is that of a compiled module's source, such as gevent's.
    return os.path.isabs(name) and not os.path.realpath(name).startswith((*_STANDARD, *_INSTALLED))
