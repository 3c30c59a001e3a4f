"""One semaphore in the class: one buyer at a time in the whole town.

Misconception: M14
Fails TicketOffice-two_offices: B had to wait until A let it go on
"""

from threading import Semaphore


class TicketOffice:
    free = Semaphore(1)

    def __init__(self, stock):
        self.stock = stock

    def buy(self, count):
        if count < 0:
            raise ValueError(count)
        with TicketOffice.free:
            enough = self.stock >= count
            if enough:
                self.stock -= count
        return enough
