"""A Queue of its own kind, which keeps a heap with numbers."""

import queue
from heapq import heappush, heappop


class _Stable(queue.Queue):
    def _init(self, maxsize):
        self.queue = []
        self.n = 0

    def _qsize(self):
        return len(self.queue)

    def _put(self, item):
        p, job = item
        heappush(self.queue, (p, self.n, job))
        self.n += 1

    def _get(self):
        return heappop(self.queue)[2]


class Scheduler:
    def __init__(self):
        self._q = _Stable()

    def push(self, priority, job):
        self._q.put((priority, job))

    def pop(self):
        return self._q.get()
