"""Takes the lock, then looks at its argument, and raises with the lock.

Misconception: M15
Fails TicketOffice-arguments: still holds
"""

from threading import Lock


class TicketOffice:
    def __init__(self, stock):
        self.stock, self.lock = stock, Lock()

    def buy(self, count):
        self.lock.acquire()
        if count < 0:
            raise ValueError("a negative number of tickets")
        sold = self.stock >= count
        if sold:
            self.stock -= count
        self.lock.release()
        return sold
