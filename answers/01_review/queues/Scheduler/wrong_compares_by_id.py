"""Puts the id of the job between priority and job, so that nothing is compared that refuses to be.

Misconception: M23
Fails Scheduler-any_job: what the pops gave is
"""

import heapq
import threading


class Scheduler:
    def __init__(self):
        self._jobs, self._lock = [], threading.Lock()

    def push(self, priority, job):
        with self._lock:
            heapq.heappush(self._jobs, (priority, id(job), job))

    def pop(self):
        with self._lock:
            return heapq.heappop(self._jobs)[2]
