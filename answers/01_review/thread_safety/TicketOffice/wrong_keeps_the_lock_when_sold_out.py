"""Returns False before it gives the lock back.

Misconception: M15
Fails TicketOffice-sells: TicketOffice.buy(2) ended and still holds
Fails TicketOffice-never_oversells: still holds
Fails TicketOffice-arguments: still holds
"""

from threading import Lock


class TicketOffice:
    def __init__(self, stock):
        self.stock, self.lock = stock, Lock()

    def buy(self, count):
        if count < 0:
            raise ValueError(count)
        self.lock.acquire()
        if self.stock < count:
            return False
        self.stock -= count
        self.lock.release()
        return True
