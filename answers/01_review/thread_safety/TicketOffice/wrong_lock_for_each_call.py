"""Makes a lock in each call.

Misconception: M12
Fails TicketOffice-never_oversells: each thread holds another lock while stock
"""

from threading import Lock


class TicketOffice:
    def __init__(self, stock):
        self.stock = stock

    def buy(self, count):
        lock = Lock()
        with lock:
            if count < 0:
                raise ValueError(count)
            if self.stock < count:
                return False
            self.stock -= count
            return True
