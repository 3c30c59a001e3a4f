"""Returns nothing where it should return False.

Misconception: None will do for False
Fails TicketOffice-sells: call 2, office.buy(2), is None
Fails TicketOffice-never_oversells: when none is left, is None
Fails TicketOffice-arguments: when none is left, is None
"""

from threading import Lock


class TicketOffice:
    def __init__(self, stock):
        self.stock, self.lock = stock, Lock()

    def buy(self, count):
        if count < 0:
            raise ValueError(count)
        with self.lock:
            if self.stock >= count:
                self.stock -= count
                return True
