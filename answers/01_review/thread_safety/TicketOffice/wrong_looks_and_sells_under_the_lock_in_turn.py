"""Takes the lock for looking, gives it back, and takes it again for selling.

Misconception: M16
Fails TicketOffice-never_oversells: the lock that guards _stock is given back between
"""

from threading import Lock


class TicketOffice:
    def __init__(self, stock):
        self._stock = stock
        self._lock = Lock()

    def available(self):
        with self._lock:
            return self._stock

    def _take(self, count):
        with self._lock:
            self._stock -= count

    def buy(self, count):
        if count < 0:
            raise ValueError("count")
        if count <= self.available():
            self._take(count)
            return True
        return False
