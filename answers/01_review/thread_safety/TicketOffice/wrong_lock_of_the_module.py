"""One lock in the module, for all offices.

Misconception: M14
Fails TicketOffice-two_offices: B had to wait for a lock that A held
"""

import threading

the_lock = threading.RLock()


class TicketOffice:
    def __init__(self, stock):
        self.tickets = list(range(stock))

    def buy(self, count):
        if count < 0:
            raise ValueError(count)
        the_lock.acquire()
        try:
            if len(self.tickets) < count:
                return False
            for _ in range(count):
                self.tickets.pop()
            return True
        finally:
            the_lock.release()
