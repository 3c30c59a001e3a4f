"""An event loop on virtual time in which nothing is left to chance.

The same code does the same thing each time: timers that are due at one moment go off in a fixed order, and tasks and
futures lie in sets in a fixed order, which is not the one in which they were made.
"""

from __future__ import annotations

import asyncio
import heapq
import itertools
import selectors
import sys
from collections.abc import Callable, Iterator
from typing import Any, Protocol

_HIGHEST = 2**30 - 1
_TASK = getattr(sys.modules.get("_asyncio"), "Task", asyncio.Task)


class Run(Protocol):
    """What decides on the loop's time and waiting."""

    now: float  # seconds, of the loop's time

    def select(self, timeout: float | None, real: Callable[[float | None], list[Any]]) -> list[Any]: ...
    def made_task(self, task: asyncio.Task) -> None: ...


class VirtualLoop(asyncio.SelectorEventLoop):
    """An event loop whose time and whose waiting are the run's business.

    Only what every event loop of the standard library shares is touched, so that `nest_asyncio` may patch it.
    """

    def __init__(self, run: Run) -> None:
        self._run = run
        self._timers, self._names = itertools.count(), itertools.count(1)
        super().__init__(_Selector(run))
        self._clock_resolution = 1e-9
        self._classes: dict[type, type] = {}
        self.set_task_factory(lambda loop, coro, **options: self._numbered(asyncio.Task)(coro, loop=loop, **options))

    def time(self) -> float:
        return self._run.now

    def create_future(self) -> asyncio.Future:
        return self._numbered(asyncio.Future)(loop=self)

    def create_task(self, coro: Any, **options: Any) -> asyncio.Task:
        # Some versions lose the default name where there is a task factory.
        options["name"] = options.get("name") or f"Task-{next(self._names)}"
        task = super().create_task(coro, **options)
        self._run.made_task(task)
        return task

    def create_own_task(self, coro: Any) -> asyncio.Task:
        """A task of the interpreter's own kind, as that of a notebook cell is, whatever `nest_asyncio` exchanged."""
        task = self._numbered(_TASK)(coro, loop=self)
        self._run.made_task(task)
        return task

    def call_at(self, when: float, callback: Any, *args: Any, context: Any = None) -> asyncio.TimerHandle:
        return self.call_in_turn(when, "", callback, *args, context=context)

    def call_in_turn(
        self, when: float, turn: str, callback: Any, *args: Any, context: Any = None
    ) -> asyncio.TimerHandle:
        """Like `call_at`; of timers that were made at one moment for one moment, the lower `turn` goes off first."""
        self._check_closed()
        timer = _Timer(when, callback, args, self, context)
        timer.order = (when, self.time(), turn, next(self._timers))
        heapq.heappush(self._scheduled, timer)
        timer._scheduled = True
        return timer

    def _numbered(self, kind: type) -> type:
        # Asked for each time, because `nest_asyncio` exchanges the classes of asyncio.
        if kind not in self._classes:
            self._classes[kind] = type(kind.__name__, (_Numbered, kind), {"numbers": itertools.count()})
        return self._classes[kind]

    async def shutdown_default_executor(self, timeout: float | None = None) -> None:
        # Joining the workers would wait for one that is stuck.
        if self._default_executor is not None:
            self._default_executor.shutdown(wait=False)


class _Selector(selectors.DefaultSelector):
    def __init__(self, run: Run) -> None:
        super().__init__()
        self._run = run

    def select(self, timeout: float | None = None) -> list[Any]:
        return self._run.select(timeout, super().select)


class _Timer(asyncio.TimerHandle):
    __slots__ = ("order",)

    def __lt__(self, other: Any) -> bool:
        return self.order < other.order


class _Numbered:
    """A task or future whose place in a set does not hang on its address.

    Numbers fall, so that a set rather gives the last one first: code that takes the order of a set for the order of
    its inputs is wrong each time, and not only when the addresses happen to say so.
    """

    numbers: Iterator[int]

    def __init__(self, *arguments: Any, **named: Any) -> None:
        self._number = _HIGHEST - next(self.numbers)
        super().__init__(*arguments, **named)

    def __hash__(self) -> int:
        return self._number
