"""Sends a buyer away when the lock is taken.

Misconception: a lock that is taken means that nothing is left
Fails TicketOffice-never_oversells: Why was this buyer sent away
Fails TicketOffice-serves_all: [True, False]
"""

from threading import Lock


class TicketOffice:
    def __init__(self, stock):
        self.stock, self.lock = stock, Lock()

    def buy(self, count):
        if count < 0:
            raise ValueError(count)
        if not self.lock.acquire(blocking=False):
            return False
        try:
            if self.stock < count:
                return False
            self.stock -= count
            return True
        finally:
            self.lock.release()
