"""Forgets the priorities.

Misconception: a plain Queue sorts
Fails Scheduler-smallest: is ['c', 'd', 'a', 'b']
Fails Scheduler-first_in: with more pushes between
Fails Scheduler-of_its_own: what two schedulers gave
"""

import queue


class Scheduler:
    def __init__(self):
        self._jobs = queue.Queue()

    def push(self, priority, job):
        self._jobs.put(job)

    def pop(self):
        return self._jobs.get()
