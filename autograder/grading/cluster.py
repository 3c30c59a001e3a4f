"""Rooms on other machines: the workers of a Dask cluster, each of which makes sealed rooms of its own.

What goes there is `execute`, a notebook in and a notebook with facts out. A worker that dies is replaced by the
cluster, and what it had is run elsewhere. Needs the package's extra `dask`, here and there.
"""

from __future__ import annotations

import atexit
import os
from collections.abc import Mapping
from functools import cache
from types import TracebackType
from typing import Self

from nbformat import NotebookNode

from autograder.errors import UserError
from autograder.grading.execute import Execution, Rooms
from autograder.grading.room import RoomError

CONNECT_SECONDS = 10
MOST_ROOMS = 256  # of one worker; they are made as they are needed


class Cluster:
    """Stands for `Rooms`. Use as a context manager. Parameters: `address`, that of the scheduler, as HOST:PORT or
    tcp://HOST:PORT; `sealed`, whether rooms are sandboxes. Raises UserError where no worker can be reached.
    """

    def __init__(self, address: str, *, sealed: bool) -> None:
        try:
            from distributed import Client
        except ImportError:
            raise UserError("--dask needs the package `distributed`; install autograder[dask]") from None
        self._sealed = sealed
        try:
            self._client = Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
        except (OSError, ValueError) as error:
            raise UserError(f"--dask {address}: no scheduler answers there ({error})") from None
        self._executor = self._client.get_executor(pure=False)
        self.threads = sum(self._client.nthreads().values())
        if not self.threads:
            self._client.close()
            raise UserError(f"--dask {address}: the scheduler has no worker; start one with `dask worker {address}`")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._executor.shutdown(wait=False)
        self._client.close()

    def execute(
        self, notebook: NotebookNode, files: Mapping[str, bytes] | None = None, *, timeout: float = 60
    ) -> Execution:
        """Execute on one of the workers. Raises RoomError; UserError if the workers cannot do it at all."""
        from concurrent.futures import CancelledError

        from distributed import KilledWorker

        try:
            return self._executor.submit(_execute, notebook, dict(files or {}), timeout, self._sealed).result()
        except KilledWorker as error:
            raise RoomError(f"several workers died of it ({error})") from None
        except CancelledError:
            raise UserError("the connection to the Dask cluster was lost; what was graded before is kept") from None
        except ImportError as error:
            raise UserError(f"the Dask workers lack this package, or have another version of it: {error}") from None


def _execute(notebook: NotebookNode, files: dict[str, bytes], timeout: float, sealed: bool) -> Execution:
    """What a worker does."""
    return _rooms(sealed, os.getpid()).execute(notebook, files, timeout=timeout)


@cache
def _rooms(sealed: bool, process: int) -> Rooms:
    """The rooms of this worker, which go when it ends."""
    rooms = Rooms(MOST_ROOMS, sealed=sealed)
    atexit.register(rooms.__exit__, None, None, None)
    return rooms
