"""The recorder: a `Timeline` collects events from threads, greenlets, tasks and processes while it is open.

Events are put into a list, under a lock that also gives them their order; a worker process appends them to a file of
its own, one JSON line each, which the timeline reads back. The clock is `time.perf_counter_ns`, which the Python
documentation calls system-wide: on Linux it is CLOCK_MONOTONIC, the same for all processes of a machine.
"""

from __future__ import annotations

import functools
import inspect
import json
import os
import re
import secrets
import shutil
import tempfile
import threading
import types
import weakref
from collections.abc import Awaitable, Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter_ns
from typing import TYPE_CHECKING, Any

from autograder.timeline.events import (
    CANCELLED,
    DONE,
    FAILED,
    GOT,
    MARK,
    RELEASED,
    RESUMED,
    STARTED,
    SUBMITTED,
    SUSPENDED,
    WAITING,
    Event,
    lanes_of,
)
from autograder.timeline.text import text_of
from autograder.timeline.waits import picture_of_waits, waits_of
from autograder.timeline.workers import current_task, current_worker

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MOST_EVENTS = 10_000
LONGEST_TEXT = 200

_ADDRESS = re.compile(r"\S*://\S+$|\.{0,2}/\S+$")  # a url or a path, of which the last part says enough

submitting = threading.local()
_lock = threading.RLock()
_at_home: weakref.WeakValueDictionary[str, Timeline] = weakref.WeakValueDictionary()


def _renew_lock() -> None:
    global _lock
    _lock = threading.RLock()


if hasattr(os, "register_at_fork"):
    # A thread of the parent may hold the lock at the moment of the fork, and does not exist in the child.
    os.register_at_fork(after_in_child=_renew_lock)


class Timeline:
    """Records events from its making until `close`, which the end of a `with` block calls; then it can be drawn.

    Parameters: `limit`, the most events that are kept (of the whole, and in each worker process); what comes later is
    counted in `left_out`. A timeline can be handed to another process as an argument. Shown by a notebook as the
    picture of `draw`, with `text` as the alternative.
    """

    def __init__(self, limit: int = MOST_EVENTS) -> None:
        folder = tempfile.mkdtemp(prefix="timeline-")
        self._settle(folder, os.getpid(), perf_counter_ns(), limit, writer=False)
        self._home_task = current_task()
        self._remove_folder = weakref.finalize(self, _remove, folder, os.getpid())
        _at_home[folder] = self
        self._lane_here()

    def _settle(self, folder: str, home: int, start: int, limit: int, *, writer: bool) -> None:
        self._folder, self._home, self._start, self._limit, self._writer = folder, home, start, limit, writer
        self._home_task: Any = None
        self._events: list[Event] = []
        self._left_out = 0
        self._end: int | None = None
        self._pools: list[Any] = []
        self._forget_workers()

    def _forget_workers(self) -> None:
        self._process = os.getpid()
        self._file = f"{self._process}-{secrets.token_hex(4)}"
        self._sent = 0
        self._workers: weakref.WeakKeyDictionary[Any, str] = weakref.WeakKeyDictionary()
        self._names: set[str] = set()

    def __reduce__(self) -> tuple[Any, ...]:
        return _elsewhere, (self._folder, self._home, self._start, self._limit)

    def __enter__(self) -> Timeline:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Stop recording: later events are ignored, executors are as they were, nothing of it stays on disk."""
        with _lock:
            if self._end is not None or self._writer:
                return
            self._events, self._left_out = self._collect()
            self._end = perf_counter_ns() - self._start
            self._remove_folder()
            for pool in self._pools:
                vars(pool).pop("submit", None)
            self._pools.clear()

    @property
    def closed(self) -> bool:
        """Whether recording has ended."""
        return self._end is not None

    @property
    def events(self) -> list[Event]:
        """What was recorded, the earliest first, the events of worker processes included."""
        return self._now()[0]

    @property
    def left_out(self) -> int:
        """How many events came after the limit was reached."""
        return self._now()[1]

    # What lessons call

    def mark(self, text: str) -> None:
        """Record that whoever runs this is here now."""
        self._record(MARK, text)

    @contextmanager
    def span(self, label: str) -> Iterator[None]:
        """A `with` block that is drawn as a bar in the lane of whoever runs it.

        It works around an `await` too; that the coroutine is suspended meanwhile is only seen by `job`.
        """
        self._record(STARTED, label)
        try:
            yield
        except BaseException as error:
            self._record(_outcome(error), label)
            raise
        self._record(DONE, label)

    @contextmanager
    def waiting(self, label: str) -> Iterator[None]:
        """A `with` block that is drawn as waiting: for an item of a queue, a result, another thread's end."""
        self._record(WAITING, label)
        try:
            yield
        finally:
            self._record(RESUMED, label)

    def job(self, function: Callable[..., Any], label: str | Callable[..., str] | None = None) -> Callable[..., Any]:
        """The function, with each call of it recorded in the lane of whoever runs it; usable as a decorator.

        Parameters: `function`, of any kind; of an `async def` it is also recorded when it is suspended at an `await`
        and when it goes on. `label`, the text on the bars or a function that makes it from the arguments; by default
        the first argument if it is a short plain value, else the function's name. The wrapped function can be pickled
        (for a process pool) if the function and its label can. Raises: TypeError if `function` cannot be called.
        """
        if not callable(function):
            raise TypeError(f"timeline.job() was given {function!r}: expected a function, without calling it")
        return (
            _async_job(self, function, label) if inspect.iscoroutinefunction(function) else Job(self, function, label)
        )

    def executor(self, pool: Any, label: str | Callable[..., str] | None = None) -> Any:
        """The same executor, with what it is given recorded: submitted, started, done, failed, cancelled.

        Parameters: `pool`, any `concurrent.futures` executor, to which `submit` is given back when the timeline
        closes; `label`, as for `job`. Raises: TypeError if it is no executor.
        """
        if not hasattr(pool, "submit") or not hasattr(pool, "__dict__"):
            raise TypeError(f"timeline.executor() was given {pool!r}: expected an executor of concurrent.futures")
        if not any(pool is known for known in self._pools):
            submit = pool.submit
            pool.submit = lambda function, /, *args, **kwargs: self._submit(submit, label, function, args, kwargs)
            self._pools.append(pool)
        return pool

    def lock(self, name: str = "lock", lock: Any = None) -> RecordedLock:
        """A lock that records who waits for it, who gets it and who releases it.

        Parameters: `name`, drawn in the lanes; `lock`, anything with `acquire` and `release` (a new
        `threading.Lock()` by default), released by the one who got it.
        """
        return RecordedLock(self, name, threading.Lock() if lock is None else lock)

    def text(self, width: int = 72, by: str = "time") -> str:
        """The lanes as lines of text: see `text_of`. By "order" the same order always gives the same text."""
        events, _, end = self._now()
        return text_of(events, width, by, end=end, note=self._note())

    def draw(self) -> Figure:
        """The lanes as a matplotlib figure, which a notebook shows and keeps; `savefig` writes it to a file."""
        from autograder.timeline.drawing import figure_of

        events, _, end = self._now()
        return figure_of(events, end=end, note=self._note())

    def waits_for(self) -> dict[str, str]:
        """Who waits now (or waited when recording ended) for a lock that somebody holds, and who holds it."""
        return {one.lane: one.holder for one in waits_of(self.events)}

    def draw_waits(self) -> Figure:
        """The same as a figure, with the locks between them: a deadlock is a ring of arrows."""
        return picture_of_waits(waits_of(self.events))

    def __repr__(self) -> str:
        events, _, _ = self._now()
        return f"<Timeline: {len(events)} events in {len(lanes_of(events))} lanes>"

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> tuple[dict, dict]:
        return self.draw()._repr_mimebundle_(include, exclude)

    # Machinery

    def _record(self, kind: str, label: str = "") -> None:
        label = str(label)[:LONGEST_TEXT]
        with _lock:
            if self._end is not None:
                return
            event = Event(kind, self._lane_here(), label, perf_counter_ns() - self._start)
            if self._writer or self._process != self._home:
                self._send(event)
            elif len(self._events) < self._limit:
                self._events.append(event)
            else:
                self._left_out += 1

    def _lane_here(self) -> str:
        if self._process != os.getpid():
            self._forget_workers()
        worker, name = current_worker(self._home, self._home_task)
        lane = self._workers.get(worker)
        if lane is None:
            lane = self._workers[worker] = _unused(name, self._names)
        return lane

    def _knows(self, worker: Any) -> bool:
        """Whether the thread or task has a lane already."""
        with _lock:
            return worker in self._workers or (worker is not None and worker is self._home_task)

    def _send(self, event: Event) -> None:
        """From another process: append to this process's own file. Without its folder the timeline is closed."""
        self._sent += 1
        try:
            if self._sent <= self._limit:
                line = json.dumps([event.kind, event.lane, event.label, event.time]) + "\n"
                _append(Path(self._folder, self._file + ".jsonl"), line.encode())
            else:
                _append(Path(self._folder, self._file + ".more"), b".")
        except OSError:
            return

    def _now(self) -> tuple[list[Event], int, int]:
        with _lock:
            if self._end is not None:
                return self._events, self._left_out, self._end
            return *self._collect(), perf_counter_ns() - self._start

    def _collect(self) -> tuple[list[Event], int]:
        """The events of this process and of all others, and how many are left out."""
        events, left_out = list(self._events), self._left_out
        lanes = set(self._names)
        for path in sorted(Path(self._folder).glob("*.jsonl")):
            names: dict[str, str] = {}
            for line in path.read_bytes().splitlines(keepends=True):
                if line.endswith(b"\n"):
                    kind, lane, label, time = json.loads(line)
                    if lane not in names:
                        names[lane] = _unused(lane, lanes)
                    events.append(Event(kind, names[lane], label, time))
        left_out += sum(path.stat().st_size for path in Path(self._folder).glob("*.more"))
        events.sort(key=lambda event: event.time)
        return events[: self._limit], left_out + max(len(events) - self._limit, 0)

    def _note(self) -> str:
        return f"(the first {self._limit:,} events; {self.left_out:,} later ones are left out)" if self.left_out else ""

    def _submit(self, submit: Callable[..., Any], label: Any, function: Any, args: tuple, kwargs: dict) -> Any:
        """Submit a recorded call of the function by the executor's own `submit`."""
        job = _job_of_map(function)
        if job is not None and job.timeline is self:  # it records its calls itself, in the worker
            chunk = args[0]
            text = label_of(job.function, job.label, chunk[0], {}) if len(chunk) == 1 else job.__name__
        else:
            if isinstance(function, Job) and function.timeline is self:
                label, function = label or function.label, function.function
            text = label_of(function, label, args, kwargs)
            function = Job(self, function, text)
        self._record(SUBMITTED, text)
        submitting.now = True
        try:
            future = submit(function, *args, **kwargs)
        except BaseException:
            self._record(FAILED, text)
            raise
        finally:
            submitting.now = False
        future.add_done_callback(lambda future: self._record(CANCELLED, text) if future.cancelled() else None)
        return future


class Job:
    """A function whose calls are recorded; see `Timeline.job`."""

    def __init__(self, timeline: Timeline, function: Callable[..., Any], label: Any = None) -> None:
        functools.update_wrapper(self, function)
        self.timeline, self.function, self.label = timeline, function, label

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        with self.timeline.span(label_of(self.function, self.label, args, kwargs)):
            return self.function(*args, **kwargs)

    def __reduce__(self) -> tuple[Any, ...]:
        return Job, (self.timeline, self.function, self.label)


class RecordedLock:
    """A lock that records; see `Timeline.lock`. Its name is its label in the lanes."""

    def __init__(self, timeline: Timeline, name: str, lock: Any) -> None:
        self._timeline, self.name, self._lock = timeline, name, lock

    def acquire(self, blocking: bool = True, timeout: float = -1) -> bool:
        """As of the lock itself. Recorded as waiting only if the lock was not free."""
        got = self._lock.acquire(False)
        if not got and blocking:
            self._timeline._record(WAITING, self.name)
            try:
                got = self._lock.acquire() if timeout == -1 else self._lock.acquire(timeout=timeout)
            finally:
                if not got:
                    self._timeline._record(CANCELLED, self.name)
        if got:
            self._timeline._record(GOT, self.name)
        return got

    def release(self) -> None:
        """As of the lock itself."""
        self._timeline._record(RELEASED, self.name)
        self._lock.release()

    def locked(self) -> bool:
        """As of the lock itself."""
        return self._lock.locked()

    def __enter__(self) -> bool:
        return self.acquire()

    def __exit__(self, *_: object) -> None:
        self.release()


def label_of(function: Any, label: str | Callable[..., str] | None, args: tuple, kwargs: dict) -> str:
    """The text for one call: the label, or what the label makes of the arguments, or the first argument, or a name."""
    if callable(label):
        return str(label(*args, **kwargs))
    if label is not None:
        return str(label)
    value = args[0] if args else next(iter(kwargs.values()), None)
    while type(value) in (list, tuple) and len(value) == 1:
        value = value[0]
    if type(value) is str and value.strip("/ "):
        return value.strip("/ ").rsplit("/", 1)[-1] if _ADDRESS.match(value) else value
    if type(value) in (int, float):
        return f"{value:.6g}" if type(value) is float else str(value)
    while isinstance(function, functools.partial):
        function = function.args[0] if function.args and callable(function.args[0]) else function.func
    return getattr(function, "__name__", type(function).__name__)


def _job_of_map(function: Any) -> Job | None:
    """The recorded function that `ProcessPoolExecutor.map` wraps, to be called for each item of a chunk."""
    if isinstance(function, functools.partial) and getattr(function.func, "__name__", "") == "_process_chunk":
        return next((one for one in function.args if isinstance(one, Job)), None)
    return None


@types.coroutine
def recorded_steps(timeline: Timeline, label: str, awaitable: Awaitable[Any]) -> Generator[Any, Any, Any]:
    """Await it, and record when that suspends the task and when it goes on."""
    steps = awaitable.__await__()
    step, value = steps.send, None
    while True:
        try:
            asked = step(value)
        except StopIteration as end:
            return end.value
        timeline._record(SUSPENDED, label)
        try:
            step, value = steps.send, (yield asked)
        except GeneratorExit:
            steps.close()
            raise
        except BaseException as error:
            step, value = steps.throw, error
        timeline._record(RESUMED, label)


def _async_job(timeline: Timeline, function: Callable[..., Awaitable[Any]], label: Any) -> Callable[..., Any]:
    @functools.wraps(function)
    async def recorded(*args: Any, **kwargs: Any) -> Any:
        text = label_of(function, label, args, kwargs)
        with timeline.span(text):
            return await recorded_steps(timeline, text, function(*args, **kwargs))

    return recorded


@functools.lru_cache(maxsize=8)
def _writer(folder: str, home: int, start: int, limit: int) -> Timeline:
    timeline = Timeline.__new__(Timeline)
    timeline._settle(folder, home, start, limit, writer=True)
    return timeline


def _elsewhere(folder: str, home: int, start: int, limit: int) -> Timeline:
    """The timeline itself where it (or its copy by fork) exists, else one that writes to its folder."""
    return _at_home.get(folder) or _writer(folder, home, start, limit)


def _outcome(error: BaseException) -> str:
    # By name, because of asyncio and gevent, which need not be loaded.
    stopped = isinstance(error, GeneratorExit) or type(error).__name__ in ("CancelledError", "GreenletExit")
    return CANCELLED if stopped else FAILED


def _unused(name: str, names: set[str]) -> str:
    """The name, with a number after it if another has it already; remembered in `names`."""
    free, number = name, 1
    while free in names:
        number += 1
        free = f"{name} #{number}"
    names.add(free)
    return free


def _append(path: Path, data: bytes) -> None:
    file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
    try:
        os.write(file, data)
    finally:
        os.close(file)


def _remove(folder: str, process: int) -> None:
    if os.getpid() == process:
        shutil.rmtree(folder, ignore_errors=True)
