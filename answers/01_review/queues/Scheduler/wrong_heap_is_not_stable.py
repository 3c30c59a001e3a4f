"""Compares by priority only and leaves the order of equal ones to the heap.

Misconception: a heap is stable
Fails Scheduler-first_in: what pop gave for equal priorities is
Fails Scheduler-any_job: what the pops gave is
"""

import queue
from dataclasses import dataclass, field
from typing import Any


@dataclass(order=True)
class Entry:
    priority: float
    job: Any = field(compare=False)


class Scheduler:
    def __init__(self):
        self._jobs = queue.PriorityQueue()

    def push(self, priority, job):
        self._jobs.put(Entry(priority, job))

    def pop(self):
        return self._jobs.get().job
