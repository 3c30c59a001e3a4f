"""A semaphore of one guards a list of tickets."""

from threading import Semaphore


class TicketOffice:
    def __init__(self, stock):
        self.tickets = ["ticket"] * stock
        self.door = Semaphore()

    def buy(self, count):
        if count < 0:
            raise ValueError("negative")
        with self.door:
            try:
                if len(self.tickets) < count:
                    return False
                for _ in range(count):
                    self.tickets.pop()
                return True
            finally:
                assert len(self.tickets) >= 0
