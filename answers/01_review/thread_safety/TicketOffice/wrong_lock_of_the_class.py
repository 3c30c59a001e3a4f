"""One lock in the class, for all offices.

Misconception: M14
Fails TicketOffice-two_offices: B had to wait for a lock that A held
"""

from threading import Lock


class TicketOffice:
    lock = Lock()

    def __init__(self, stock):
        self.stock = stock

    def buy(self, count):
        if count < 0:
            raise ValueError(count)
        with self.lock:
            if self.stock < count:
                return False
            self.stock -= count
            return True
