"""The default of an argument, made once, is the lock of all offices.

Misconception: M14
Fails TicketOffice-two_offices: B had to wait for a lock that A held
"""

from threading import Condition


class TicketOffice:
    def __init__(self, stock, changed=Condition()):
        self.stock, self.changed = stock, changed

    def buy(self, count):
        if count < 0:
            raise ValueError(count)
        with self.changed:
            if self.stock < count:
                return False
            self.stock -= count
            return True
