"""Keeps the locks of all offices in a table, looked up under a lock that is held for that only."""

import threading
from weakref import WeakKeyDictionary

locks = WeakKeyDictionary()
guard = threading.Lock()


class TicketOffice:
    def __init__(self, stock):
        self.stock = stock

    def buy(self, count):
        if count < 0:
            raise ValueError(count)
        with guard:
            lock = locks.setdefault(self, threading.Lock())
        with lock:
            if count > self.stock:
                return False
            self.stock -= count
        return True
