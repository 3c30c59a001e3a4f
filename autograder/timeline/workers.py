"""Tells who is running right now: a greenlet, an asyncio task, a process, a thread. Imports none of them.

gevent, asyncio and multiprocessing are only asked when somebody has imported them already, so that recording in a
program of plain threads stays quick and never loads gevent.
"""

from __future__ import annotations

import os
import sys
import threading
from typing import Any


def current_task() -> Any:
    """The running asyncio task, or None outside of any."""
    asyncio = sys.modules.get("asyncio")
    try:
        return asyncio and asyncio.current_task()
    except (RuntimeError, AttributeError):
        return None


def current_worker(home_process: int, home_task: Any) -> tuple[Any, str]:
    """The object that stands for who is running, and its name.

    Parameters: `home_process`, the process id in which threads go by their own names (in others the process does);
    `home_task`, a task that counts as the thread in which it runs: a notebook's cell runs in one.
    """
    gevent = sys.modules.get("gevent")
    greenlet_class = getattr(gevent, "Greenlet", None)
    if greenlet_class is not None:
        greenlet = gevent.getcurrent()
        if isinstance(greenlet, greenlet_class):
            return greenlet, greenlet.name
    task = current_task()
    if task is not None and task is not home_task:
        return task, task.get_name()
    thread = threading.current_thread()
    if os.getpid() == home_process:
        return thread, thread.name
    process = _process_name()
    return thread, process if thread is threading.main_thread() else f"{process}/{thread.name}"


def _process_name() -> str:
    multiprocessing = sys.modules.get("multiprocessing.process")
    name = multiprocessing.current_process().name if multiprocessing else "MainProcess"
    return f"process {os.getpid()}" if name == "MainProcess" else name
