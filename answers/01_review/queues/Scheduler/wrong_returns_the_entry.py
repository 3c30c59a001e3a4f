"""Returns the priority together with the job.

Misconception: a job is its entry
Fails Scheduler-smallest: (-1, 'a')
Fails Scheduler-first_in: (1, 'h')
Fails Scheduler-any_job: (1, None)
Fails Scheduler-threads: what came out after two pushes
Fails Scheduler-of_its_own: (1, 'a')
"""

import itertools
import queue


class Scheduler:
    def __init__(self):
        self._jobs = queue.PriorityQueue()
        self._numbers = itertools.count()

    def push(self, priority, job):
        self._jobs.put((priority, next(self._numbers), job))

    def pop(self):
        priority, _, job = self._jobs.get()
        return priority, job
