"""Entries are a dataclass that compares by priority and number only."""

import queue
from dataclasses import dataclass, field
from itertools import count
from typing import Any


@dataclass(order=True)
class Entry:
    priority: float
    number: int
    job: Any = field(compare=False)


class Scheduler(queue.PriorityQueue):
    def __init__(self):
        super().__init__()
        self.numbers = count()

    def push(self, priority, job):
        self.put(Entry(priority, next(self.numbers), job))

    def pop(self):
        return self.get().job
