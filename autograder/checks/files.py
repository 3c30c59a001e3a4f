"""Sees in which process files are opened, and how much a process reads from its workers.

Work that belongs into worker processes must neither open its files in the calling process nor send whole texts
through it. Opening is reported by Python itself (the audit event `open`); the bytes that each thread reads are
counted by the operating system, on Linux.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from autograder.checks import quiet
from autograder.checks.failure import failed
from autograder.checks.fence import Call

_watches: list[Watch] = []
_hooked = False


class Watch:
    """Watches files during a `with` block; ask it afterwards what happened to them.

    Parameters: `paths`, the files, existing or not.
    """

    def __init__(self, paths: Iterable[str | Path]) -> None:
        self._paths = {os.path.realpath(path): str(path) for path in paths}
        self._home = os.getpid()
        self.opened_here: list[str] = []

    def __enter__(self) -> Watch:
        global _hooked
        if not _hooked:
            sys.addaudithook(_opened)  # stays for good, so it is set once and costs one look at an empty list
            _hooked = True
        self._read_before = _bytes_read()
        _watches.append(self)
        return self

    def __exit__(self, *_: object) -> None:
        _watches.remove(self)

    def expect_opened_by_workers(
        self, call: Call, ask: str = "Which function opens the file, and who runs it?"
    ) -> None:
        """No watched file was opened in this process. Raises CheckFailed naming the first that was."""
        if self.opened_here:
            first = next(path for path in self._paths.values() if path in self.opened_here)
            raise failed(
                call.shown,
                f"{first!r} was opened in the calling process",
                "each file is opened in a worker process only",
                ask,
            )

    def expect_received_less_than(self, size: int, call: Call, ask: str = "What does a worker send back?") -> None:
        """The threads of this process read fewer bytes so far than `size`, where the system counts them.

        Ask while the pool is still there, with a job held: what a thread read is forgotten when it ends.
        Raises CheckFailed.
        """
        before = self._read_before
        received = sum(count - before.get(thread, 0) for thread, count in _bytes_read().items())
        if received >= size:
            raise failed(
                call.shown,
                f"the workers sent {received:,} bytes to the calling process",
                f"results of less than {size:,} bytes",
                ask,
            )

    def _see(self, path: object) -> None:
        if os.getpid() == self._home and isinstance(path, str | bytes | os.PathLike):
            known = self._paths.get(os.path.realpath(os.fsdecode(path)))
            if known is not None:
                self.opened_here.append(known)


def _opened(event: str, arguments: tuple[object, ...]) -> None:
    if _watches and event == "open":
        with suppress(Exception):
            for watch in _watches:
                watch._see(arguments[0])


def _bytes_read() -> dict[int, int]:
    """How many bytes each thread of this process but the present one has read so far; empty if nobody counts.

    The count of the whole process would not do: it takes in the reads of each child that has ended.
    """
    counts = {}
    for thread in quiet.threads_of(os.getpid()) - {threading.get_native_id()}:
        with suppress(OSError):
            text = Path(f"/proc/self/task/{thread}/io").read_text()
            counts[thread] = int(text.partition("rchar:")[2].split()[0])
    return counts
