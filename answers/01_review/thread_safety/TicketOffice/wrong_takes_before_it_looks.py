"""Takes the tickets out first and raises or puts them back afterwards.

Misconception: what is wrong can be told later
Fails TicketOffice-arguments: office.buy(1), when none is left, is True
"""

from threading import Lock


class TicketOffice:
    def __init__(self, stock):
        self.stock, self.lock = stock, Lock()

    def buy(self, count):
        with self.lock:
            self.stock -= count
            if count < 0:
                raise ValueError(count)
            if self.stock < 0:
                self.stock += count
                return False
            return True
