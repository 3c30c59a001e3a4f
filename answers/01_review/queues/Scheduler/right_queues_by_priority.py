"""A deque for each priority; `pop` looks for the smallest priority that has one."""

import threading
from collections import defaultdict, deque


class Scheduler:
    def __init__(self):
        self._queues = defaultdict(deque)
        self._lock = threading.RLock()

    def push(self, priority, job):
        with self._lock:
            self._queues[priority].append(job)

    def pop(self):
        with self._lock:
            if not self._queues:
                raise IndexError("pop from an empty Scheduler")
            smallest = min(self._queues)
            job = self._queues[smallest].popleft()
            if not self._queues[smallest]:
                del self._queues[smallest]
            return job
