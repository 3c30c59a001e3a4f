"""Calls the job in the place of returning it.

Misconception: M1
Fails Scheduler-any_job: len() takes exactly one argument
"""

import itertools
import queue


class Scheduler:
    def __init__(self):
        self.q = queue.PriorityQueue()
        self.c = itertools.count()

    def push(self, priority, job):
        self.q.put((priority, next(self.c), job))

    def pop(self):
        j = self.q.get()[2]
        return j() if callable(j) else j
