"""Leaves jobs out that count as false.

Misconception: None never occurs
Fails Scheduler-any_job: a job was asked whether it is true
"""

import itertools
import queue


class Scheduler:
    def __init__(self):
        self.q = queue.PriorityQueue()
        self.c = itertools.count()

    def push(self, priority, job):
        if job:
            self.q.put((priority, next(self.c), job))

    def pop(self):
        return self.q.get()[2]
