"""A heap and a counter, each step of which is one call of C."""

import heapq
import itertools


class Scheduler:
    def __init__(self):
        self.heap = []
        self.c = itertools.count()

    def push(self, priority, job):
        heapq.heappush(self.heap, (priority, next(self.c), job))

    def pop(self):
        return heapq.heappop(self.heap)[2]
