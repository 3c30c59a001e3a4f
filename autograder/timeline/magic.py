"""`%%timeline`: records a whole notebook cell, without a change to its code, and draws it when the cell has ended."""

from __future__ import annotations

import inspect
import os
import sys
import threading
from collections.abc import Callable
from typing import Any

from autograder.timeline.recorder import Timeline, label_of, recorded_steps, submitting
from autograder.timeline.workers import current_task


def load_ipython_extension(shell: Any) -> None:
    """Give the shell `%%timeline`; `%load_ext autograder.timeline` calls this."""
    if not any(isinstance(one, CellMagic) for one in shell.input_transformers_cleanup):
        magic = CellMagic(shell)
        shell.input_transformers_cleanup.append(magic)
        shell.register_magic_function(magic.begin, "line", "timeline")


def unload_ipython_extension(shell: Any) -> None:
    """Take it away again; `%unload_ext autograder.timeline` calls this."""
    for magic in [one for one in shell.input_transformers_cleanup if isinstance(one, CellMagic)]:
        magic.end()
        shell.input_transformers_cleanup.remove(magic)
        shell.magics_manager.magics["line"].pop("timeline", None)


class CellMagic:
    """Turns `%%timeline` into a first statement that begins to record, so that the rest runs as in any other cell.

    So `await`, other magics, line numbers and the value of the last line are what they are without it. Recording ends
    when the shell says that the cell has ended, however it did. The timeline stays behind under the name `timeline`.
    """

    def __init__(self, shell: Any) -> None:
        self.shell = shell
        self.timeline: Timeline | None = None
        self.restore: list[Callable[[], None]] = []

    def __call__(self, lines: list[str]) -> list[str]:
        if lines and lines[0].split()[:1] == ["%%timeline"]:
            return [lines[0].lstrip()[1:], *lines[1:]]
        return lines

    def begin(self, line: str = "") -> None:
        """Record the rest of this cell; in it, `timeline` is the recorder, for marks, spans and locks."""
        if line.strip():
            from IPython.core.error import UsageError

            raise UsageError(f"%%timeline was given {line.strip()!r}: expected nothing else on its line")
        self.end()
        self.timeline = self.shell.user_ns["timeline"] = Timeline()
        self.shell.events.register("post_execute", self.end)
        self.restore.append(lambda: self.shell.events.unregister("post_execute", self.end))
        self.restore += watch_threads(self.timeline)
        self.restore += watch_tasks(self.timeline)

    def end(self) -> None:
        """Put everything back as it was and show the picture."""
        timeline, self.timeline = self.timeline, None
        while self.restore:
            self.restore.pop()()
        if timeline is not None:
            from IPython.display import display

            timeline.close()
            display(timeline)


def watch_threads(timeline: Timeline) -> list[Callable[[], None]]:
    """Record the threads that are started and the jobs that are submitted, until the functions returned are called."""
    from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor

    def of_the_cell() -> bool:
        # Not what a pool does for itself, nor what other threads of the kernel do, nor what would be seen only of
        # a child that was forked and of no other.
        elsewhere = getattr(submitting, "now", False) or os.getpid() != timeline._home
        return not timeline.closed and not elsewhere and timeline._knows(threading.current_thread())

    def recorded_start(start: Callable[..., Any]) -> Callable[..., Any]:
        def start_recorded(thread: threading.Thread) -> None:
            if of_the_cell():
                _record_run(timeline, thread)
            start(thread)

        return start_recorded

    def recorded_submit(submit: Callable[..., Any]) -> Callable[..., Any]:
        def submit_recorded(pool: Executor, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
            if of_the_cell():
                return timeline._submit(submit.__get__(pool), None, function, args, kwargs)
            return submit(pool, function, *args, **kwargs)

        return submit_recorded

    return [
        _replace(threading.Thread, "start", recorded_start),
        _replace(ThreadPoolExecutor, "submit", recorded_submit),
        _replace(ProcessPoolExecutor, "submit", recorded_submit),
    ]


def watch_tasks(timeline: Timeline) -> list[Callable[[], None]]:
    """Record the tasks that the cell makes in the running event loop, until the functions returned are called."""
    asyncio = sys.modules.get("asyncio")
    try:
        loop = asyncio.get_running_loop() if asyncio else None
    except RuntimeError:
        loop = None
    if loop is None:
        return []
    before = loop.get_task_factory()

    def factory(loop: Any, coroutine: Any, **options: Any) -> Any:
        if not timeline.closed and inspect.iscoroutine(coroutine) and timeline._knows(current_task()):
            coroutine = _record_task(timeline, coroutine)
        return before(loop, coroutine, **options) if before else asyncio.Task(coroutine, loop=loop, **options)

    def restore() -> None:
        if loop.get_task_factory() is factory:
            loop.set_task_factory(before)

    loop.set_task_factory(factory)
    return [restore]


def _record_run(timeline: Timeline, thread: threading.Thread) -> None:
    run = thread.run

    def recorded_run() -> None:
        del thread.run
        with timeline.span(""):
            run()

    thread.run = recorded_run  # type: ignore[method-assign]


def _record_task(timeline: Timeline, coroutine: Any) -> Any:
    """A coroutine of the same name that runs this one and records its steps."""
    parameters = coroutine.cr_code.co_varnames[: coroutine.cr_code.co_argcount]
    values = inspect.getcoroutinelocals(coroutine)
    label = label_of(coroutine, None, tuple(values[name] for name in parameters[:1] if name in values), {})

    async def recorded() -> Any:
        with timeline.span(label):
            return await recorded_steps(timeline, label, coroutine)

    steps = recorded()
    steps.__name__, steps.__qualname__ = coroutine.__name__, coroutine.__qualname__
    return steps


def _replace(owner: type, name: str, recorded: Callable[..., Callable[..., Any]]) -> Callable[[], None]:
    """Put a recorded method in the place of one; what is returned undoes that, unless yet another is there by then."""
    old = vars(owner)[name]
    new = recorded(old)
    setattr(owner, name, new)

    def restore() -> None:
        if vars(owner)[name] is new:
            setattr(owner, name, old)

    return restore
