"""Numbers a job by the number of jobs that are there, which shrinks with each pop.

Misconception: M23
Fails Scheduler-first_in: with more pushes between
"""

import heapq
import threading


class Scheduler:
    def __init__(self):
        self._jobs, self._lock = [], threading.Lock()

    def push(self, priority, job):
        with self._lock:
            heapq.heappush(self._jobs, (priority, len(self._jobs), job))

    def pop(self):
        with self._lock:
            return heapq.heappop(self._jobs)[2]
