"""Puts pairs of priority and job, which are compared by the job where the priorities are equal.

Misconception: M23
Fails Scheduler-first_in: what pop gave for equal priorities is ['a', 'b', 'c'
Fails Scheduler-any_job: TypeError
Fails Scheduler-threads: not supported between instances of 'dict' and 'dict'
"""

import queue


class Scheduler:
    def __init__(self):
        self._jobs = queue.PriorityQueue()

    def push(self, priority, job):
        self._jobs.put((priority, job))

    def pop(self):
        return self._jobs.get()[1]
