"""Keeps jobs in the order of their pushes and takes the first of the smallest ones."""

from threading import Lock


class Scheduler:
    def __init__(self):
        self.priorities, self.jobs, self.lock = [], [], Lock()

    def push(self, priority, job):
        self.lock.acquire()
        try:
            self.priorities.append(priority)
            self.jobs.append(job)
        finally:
            self.lock.release()

    def pop(self):
        self.lock.acquire()
        try:
            place = self.priorities.index(min(self.priorities))
            del self.priorities[place]
            return self.jobs.pop(place)
        finally:
            self.lock.release()
