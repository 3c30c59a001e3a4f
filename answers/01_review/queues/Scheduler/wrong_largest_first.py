"""Takes a larger number for a higher priority.

Misconception: the largest comes first
Fails Scheduler-smallest: is ['d', 'c', 'b', 'a']
Fails Scheduler-first_in: with more pushes between
Fails Scheduler-threads: is ['b', 'c']
Fails Scheduler-of_its_own: what two schedulers gave
"""

import itertools
import queue


class Scheduler:
    def __init__(self):
        self._jobs = queue.PriorityQueue()
        self._numbers = itertools.count()

    def push(self, priority, job):
        self._jobs.put((-priority, next(self._numbers), job))

    def pop(self):
        return self._jobs.get()[2]
