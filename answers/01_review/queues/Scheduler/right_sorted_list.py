"""A sorted list, in which a new job goes behind those of the same priority."""

import threading
from bisect import bisect_right
from operator import itemgetter


class Scheduler:
    def __init__(self):
        self.jobs = []
        self.changed = threading.Condition()

    def push(self, priority, job):
        with self.changed:
            place = bisect_right(self.jobs, priority, key=itemgetter(0))
            self.jobs.insert(place, (priority, job))
            self.changed.notify()

    def pop(self):
        with self.changed:
            while not self.jobs:
                self.changed.wait()
            _, job = self.jobs.pop(0)
            return job
