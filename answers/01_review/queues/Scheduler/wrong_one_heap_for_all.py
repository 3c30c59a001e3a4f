"""Keeps the jobs in the class, where all schedulers share them.

Misconception: M14
Fails Scheduler-of_its_own: what two schedulers gave in turns is
"""

import itertools
import queue


class Scheduler:
    _jobs = queue.PriorityQueue()
    _numbers = itertools.count()

    def push(self, priority, job):
        self._jobs.put((priority, next(self._numbers), job))

    def pop(self):
        return self._jobs.get()[2]
