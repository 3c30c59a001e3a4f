"""Counts downwards, so that of equal priorities the last one comes first.

Misconception: last in, first out
Fails Scheduler-first_in: what pop gave for equal priorities is ['w', 'x'
Fails Scheduler-any_job: what the pops gave is
"""

import itertools
import queue


class Scheduler:
    def __init__(self):
        self._jobs = queue.PriorityQueue()
        self._numbers = itertools.count(0, -1)

    def push(self, priority, job):
        self._jobs.put((priority, next(self._numbers), job))

    def pop(self):
        return self._jobs.get()[2]
