"""Sells a negative number of tickets, which adds to the stock.

Misconception: nobody would ever ask for that
Fails TicketOffice-arguments: returned True
"""

from threading import Lock


class TicketOffice:
    def __init__(self, stock):
        self.stock, self.lock = stock, Lock()

    def buy(self, count):
        with self.lock:
            if self.stock < count:
                return False
            self.stock -= count
            return True
