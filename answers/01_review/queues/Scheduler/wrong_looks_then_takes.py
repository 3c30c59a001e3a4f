"""Looks for the smallest and removes it in two steps, so that two threads may take the same job.

Misconception: M16
Fails Scheduler-threads: first = min(list(self.jobs))
"""

import itertools


class Scheduler:
    def __init__(self):
        self.jobs, self.numbers = {}, itertools.count()

    def push(self, priority, job):
        self.jobs[priority, next(self.numbers)] = job

    def pop(self):
        first = min(list(self.jobs))
        job = self.jobs[first]
        self.jobs.pop(first, None)
        return job
