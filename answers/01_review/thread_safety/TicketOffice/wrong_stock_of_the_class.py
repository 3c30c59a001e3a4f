"""Keeps the stock in the class, where all offices share it.

Misconception: an attribute of the class belongs to each object
Fails TicketOffice-two_offices: Where does each office keep its own stock?
"""

from threading import Lock


class TicketOffice:
    def __init__(self, stock):
        TicketOffice.stock = stock
        self.lock = Lock()

    def buy(self, count):
        if count < 0:
            raise ValueError(count)
        with self.lock:
            if TicketOffice.stock < count:
                return False
            TicketOffice.stock -= count
            return True
