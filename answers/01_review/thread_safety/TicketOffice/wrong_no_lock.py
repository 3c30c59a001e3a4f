"""Looks and sells without a lock.

Misconception: M16
Fails TicketOffice-never_oversells: the last ticket is 2; no lock is held while stock
"""


class TicketOffice:
    def __init__(self, stock):
        self.stock = stock

    def buy(self, count):
        if count < 0:
            raise ValueError(count)
        if self.stock >= count:
            self.stock -= count
            return True
        return False
