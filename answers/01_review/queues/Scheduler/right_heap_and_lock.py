"""A heap of (priority, number, job), guarded by a lock."""

import heapq
from threading import Lock


class Scheduler:
    def __init__(self):
        self.heap = []
        self.count = 0
        self.lock = Lock()

    def push(self, priority, job):
        with self.lock:
            heapq.heappush(self.heap, (priority, self.count, job))
            self.count += 1

    def pop(self):
        with self.lock:
            return heapq.heappop(self.heap)[-1]
