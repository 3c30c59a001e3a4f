"""Sells only if something is left afterwards.

Misconception: off by one
Fails TicketOffice-sells: call 3, office.buy(1), is False
Fails TicketOffice-never_oversells: who got the last ticket is 0
Fails TicketOffice-serves_all: there are too few tickets
Fails TicketOffice-two_offices: got at two offices
Fails TicketOffice-arguments: office.buy(3), at an office with 3 tickets, is False
"""

from threading import Lock


class TicketOffice:
    def __init__(self, stock):
        self.stock, self.lock = stock, Lock()

    def buy(self, count):
        if count < 0:
            raise ValueError(count)
        with self.lock:
            if self.stock > count:
                self.stock -= count
                return True
            return False
