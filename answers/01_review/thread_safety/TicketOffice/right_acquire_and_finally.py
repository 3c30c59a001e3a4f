"""Takes the lock by hand and gives it back in a `finally`, whatever is returned."""

import threading


class TicketOffice:
    def __init__(self, stock):
        self.stock = stock
        self.lock = threading.Lock()

    def buy(self, count):
        self.lock.acquire()
        try:
            if count < 0:
                raise ValueError(count)
            if count <= self.stock:
                self.stock = self.stock - count
                return True
            return False
        finally:
            self.lock.release()
