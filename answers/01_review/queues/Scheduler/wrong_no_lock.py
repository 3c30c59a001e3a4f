"""Takes the number and steps it on without a lock: two pushes may get the same one.

Misconception: M16
Fails Scheduler-threads: not supported between instances of 'dict' and 'dict'
"""

import heapq


class Scheduler:
    def __init__(self):
        self.heap, self.number = [], 0

    def push(self, priority, job):
        heapq.heappush(self.heap, (priority, self.number, job))
        self.number += 1

    def pop(self):
        return heapq.heappop(self.heap)[2]
