"""Sells as many as there are, even if they are fewer.

Misconception: some are better than none
Fails TicketOffice-sells: call 2, office.buy(2), is True
Fails TicketOffice-never_oversells: who got 2 of the 3 tickets is 2
"""

from threading import Lock


class TicketOffice:
    def __init__(self, stock):
        self.stock, self.lock = stock, Lock()

    def buy(self, count):
        if count < 0:
            raise ValueError(count)
        with self.lock:
            sold = min(count, self.stock)
            self.stock -= sold
            return sold > 0
