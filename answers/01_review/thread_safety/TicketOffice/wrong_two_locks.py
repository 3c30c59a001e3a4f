"""Looks under one lock and sells under another.

Misconception: M13, M16
Fails TicketOffice-never_oversells: stock is guarded by one lock at
"""

from threading import Lock


class TicketOffice:
    def __init__(self, stock):
        self.stock = stock
        self.looking, self.selling = Lock(), Lock()

    def buy(self, count):
        if count < 0:
            raise ValueError(count)
        with self.looking:
            enough = self.stock >= count
        if enough:
            with self.selling:
                self.stock -= count
        return enough
