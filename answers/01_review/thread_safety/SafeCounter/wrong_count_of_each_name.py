"""Counts for each kind of thread, by the first part of its name, as if that were a number of its own.

Misconception: a name is only one thread's
Fails SafeCounter-nothing_lost: Thread-1: increment_twice()
"""

import threading
from collections import defaultdict


class SafeCounter:
    def __init__(self):
        self._counts = defaultdict(int)

    def increment(self):
        kind, _, _ = threading.current_thread().name.partition("-")
        self._counts[kind] += 1

    @property
    def value(self):
        return sum(self._counts.values())
