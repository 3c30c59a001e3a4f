"""Subtracts under the lock, looks at what is left, and adds it again in a second step if that was too much.

Misconception: what is undone in the end was never seen by anybody
Fails TicketOffice-never_oversells: while somebody wants 4 of the 3 tickets, is False
"""

from threading import Lock


class TicketOffice:
    def __init__(self, stock):
        self.stock, self.lock = stock, Lock()

    def change(self, by):
        with self.lock:
            self.stock += by
            return self.stock

    def buy(self, count):
        if count < 0:
            raise ValueError(f"{count} tickets")
        if self.change(-count) >= 0:
            return True
        self.change(count)
        return False
