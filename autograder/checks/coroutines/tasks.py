"""Says of tasks where they were made and where they wait, in the student's lines."""

from __future__ import annotations

import asyncio
import ctypes
from collections import Counter
from collections.abc import Collection
from typing import Protocol

from autograder.checks.places import student_line


class Run(Protocol):
    """What is asked of a run about its tasks."""

    tasks: Collection[asyncio.Task]  # all that were made and are still there
    own_tasks: Collection[asyncio.Task]  # those of them that are the checks' own
    made: dict[str, str]  # the line that made a task, by the task's name, in the order of making


def pending(run: Run) -> list[asyncio.Task]:
    """The tasks of the student's that are not done, in the order in which they were made."""
    numbers = {name: number for number, name in enumerate(run.made)}
    tasks = [task for task in run.tasks if not task.done() and task not in run.own_tasks]
    return sorted(tasks, key=lambda task: numbers.get(task.get_name(), 0))


def listed(tasks: list[asyncio.Task], run: Run, where_now: bool = False) -> list[str]:
    """The tasks as text, alike ones together: where they were made, or, if `where_now`, rather where they wait."""
    found: Counter[str] = Counter()
    for task in tasks:
        line, made = standing(task), run.made.get(task.get_name(), "")
        if made and not (where_now and line):
            text = f"made at {made}"
        else:
            text = f"waiting at {line}" if line else f"that runs {task.get_coro().__name__}"
        if not where_now and task.cancelling():
            text += ", told to cancel but not waited for"
        found[text] += 1
    return [f"{'a task' if number == 1 else f'{number} tasks'} {text}" for text, number in found.items()]


def standing(task: asyncio.Task) -> str:
    """The student's line at which a task waits; empty if there is none."""
    places, inner = [], task.get_coro()
    while inner is not None:
        frame = _first(inner, "cr_frame", "gi_frame", "ag_frame")
        if frame is None:
            break
        places.append((frame, frame.f_lineno))
        inner = _first(inner, "cr_await", "gi_yieldfrom", "ag_await")
    return student_line(reversed(places))


def keep_for_ever(run: Run) -> None:
    """Never let a task vanish that has not ended with its loop.

    A coroutine that swallows everything would swallow GeneratorExit too, and then run without an end, or a loop, in
    whatever thread happens to collect the garbage.
    """
    for task in run.tasks:
        if not task.done():
            ctypes.pythonapi.Py_IncRef(ctypes.py_object(task))


def _first(thing: object, *names: str) -> object:
    return next((found for name in names if (found := getattr(thing, name, None)) is not None), None)
