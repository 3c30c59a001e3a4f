"""Tells early from late by the clock, which may stand still between two pushes.

Misconception: M23
Fails Scheduler-first_in: what pop gave for equal priorities is ['a', 'b'
Fails Scheduler-any_job: not supported between instances
Fails Scheduler-threads: not supported between instances
"""

import queue
import time


class Scheduler:
    def __init__(self):
        self.q = queue.PriorityQueue()

    def push(self, priority, job):
        self.q.put((priority, time.time(), job))

    def pop(self):
        return self.q.get()[2]
