"""What cannot be read at all: it counts as nothing, with the reason, and stops nobody else's grading."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

from tests.grading.hostile.samples import FULL, Desk, Sample

NAME = "thread_pools.ipynb"


def _bytes(name: str, content: Callable[[Desk], bytes] | bytes, **more: object) -> Sample:
    def make(desk: Desk) -> dict[str, bytes]:
        return desk.files(content(desk) if callable(content) else content)

    return Sample(name, make, refused=True, **more)


def _laid(name: str, lay: Callable[[Path, Path], None], **more: object) -> Sample:
    """One that no bytes can say; `lay(folder, course)` puts it there."""
    return Sample(name, lambda desk: {}, lay=lay, **{"refused": True, **more})


def _right(desk: Desk) -> bytes:
    return desk.files(desk.book())[NAME]


def _beside(name: str, lay: Callable[[Path, Path], None], **more: object) -> Sample:
    """One that is right, with something odd beside it."""
    return Sample(name, lambda desk: desk.files(desk.book()), deserves=FULL, lay=lay, **more)


def _socket(path: Path) -> None:
    where = os.getcwd()
    os.chdir(path.parent)
    try:
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(path.name)
    finally:
        os.chdir(where)


def _many(folder: Path) -> None:
    for number in range(5000):
        (folder / f"{number:04}").touch()


def _deep(folder: Path) -> None:
    for _ in range(60):
        folder /= "d"
        folder.mkdir()
    (folder / "x").touch()


def _sparse(path: Path, size: int) -> None:
    with path.open("wb") as file:
        file.truncate(size)


SAMPLES = [
    _bytes("empty", b"", quick=True),
    _bytes("blank", b" \n" * 100),
    _bytes("cut off", lambda desk: _right(desk)[: len(_right(desk)) // 2], quick=True),
    _bytes("no notebook", b"def fetch_all(urls, fetch, workers): ..."),
    _bytes("a list", b"[1, 2, 3]"),
    _bytes("a number", b"7"),
    _bytes("null", b"null"),
    _bytes("a table without cells", b'{"nbformat": 4}'),
    _bytes("cells that are no list", b'{"nbformat": 4, "cells": {"a": 1}}'),
    _bytes("random bytes", bytes(range(256)) * 100, quick=True),
    _bytes("Latin-1", lambda desk: _right(desk).replace(b"Exercises", "Übungen".encode("latin-1"))),
    _bytes("a zip archive", b"PK\x03\x04" + bytes(1000)),
    _bytes("compressed", lambda desk: __import__("gzip").compress(_right(desk))),
    _bytes("a page of a login", b"<!doctype html><title>Please log in</title>"),
    _bytes("brackets a million deep", b"[" * 1_000_000, quick=True),
    _bytes("tables a hundred thousand deep", b'{"cells": ' * 100_000 + b"1" + b"}" * 100_000),
    _bytes("a number of a million digits", b'{"nbformat": ' + b"9" * 1_000_000 + b', "cells": []}'),
    _bytes("a conflict of git", lambda desk: b"<<<<<<< HEAD\n" + _right(desk) + b"=======\n" + _right(desk)),
    _bytes("20 MB of spaces", b" " * 20_000_000),
    _bytes("a hundred thousand cells", b'{"cells": [' + b'{"cell_type": "code", "source": "1"},' * 100_000 + b"{}]}"),
    _laid("a pipe", lambda folder, course: os.mkfifo(folder / NAME), quick=True),
    _laid(
        "a link to another's work",
        lambda folder, course: (folder / NAME).symlink_to(course / "submitted" / "honest-first" / "02_pools" / NAME),
        quick=True,
    ),
    _laid(
        "a link to the source", lambda folder, course: (folder / NAME).symlink_to(course / "source" / "02_pools" / NAME)
    ),
    _laid("a link that leads nowhere", lambda folder, course: (folder / NAME).symlink_to("nowhere")),
    _laid("a link to itself", lambda folder, course: (folder / NAME).symlink_to(NAME)),
    _laid("a link to endless zeros", lambda folder, course: (folder / NAME).symlink_to("/dev/zero")),
    _laid("a folder", lambda folder, course: (folder / NAME).mkdir(), quick=True),
    _laid("a socket", lambda folder, course: _socket(folder / NAME)),
    _laid("a terabyte of nothing", lambda folder, course: _sparse(folder / NAME, 2**40), quick=True),
    _beside("5,000 files beside it", lambda folder, course: _many(folder)),
    _beside("sixty folders in folders beside it", lambda folder, course: _deep(folder)),
    _beside("a pipe beside it", lambda folder, course: os.mkfifo(folder / "data.txt"), quick=True),
    _beside("a link to the course beside it", lambda folder, course: (folder / "course").symlink_to(course)),
    _beside("a circle of links beside it", lambda folder, course: (folder / "again").symlink_to(folder)),
    _beside("a terabyte beside it", lambda folder, course: _sparse(folder / "zeros", 2**40)),
    _beside(
        "names that no text holds beside it",
        lambda folder, course: open(os.fsencode(folder) + b"/\xff\xfe.txt", "wb").close(),
    ),
    _beside("a name with a line's end beside it", lambda folder, course: (folder / "a\nb\x1b[31m").touch()),
    _beside("a file that nobody may read beside it", lambda folder, course: (folder / "x").touch(0)),
    _beside(
        "a time stamp that is none",
        lambda folder, course: (folder / "timestamp.txt").write_text("yesterday"),
        quick=True,
    ),
    _beside("a time stamp that is a pipe", lambda folder, course: os.mkfifo(folder / "timestamp.txt"), quick=True),
    _beside("a time stamp that is a link", lambda folder, course: (folder / "timestamp.txt").symlink_to("/dev/zero")),
    _beside(
        "a time stamp of the year 99999",
        lambda folder, course: (folder / "timestamp.txt").write_text("99999-01-01 00:00:00 UTC"),
    ),
]
