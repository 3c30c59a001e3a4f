"""Looks first and takes the lock only for selling.

Misconception: M16
Fails TicketOffice-never_oversells: no lock is held while stock is read or written at line
"""

from threading import Lock


class TicketOffice:
    def __init__(self, stock):
        self.stock, self.lock = stock, Lock()

    def buy(self, count):
        if count < 0:
            raise ValueError(count)
        if self.stock < count:
            return False
        with self.lock:
            self.stock -= count
        return True
