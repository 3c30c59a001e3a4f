"""Makes the heap once, as the default of an argument.

Misconception: M14
Fails Scheduler-of_its_own: what two schedulers gave in turns is
"""

import heapq
import itertools


class Scheduler:
    def __init__(self, heap=[], c=itertools.count()):
        self.heap = heap
        self.c = c

    def push(self, priority, job):
        heapq.heappush(self.heap, (priority, next(self.c), job))

    def pop(self):
        return heapq.heappop(self.heap)[2]
