"""Makes the lock of an office when it is first needed, under a lock that is held for that only."""

import threading


class TicketOffice:
    _making = threading.Lock()

    def __init__(self, stock):
        self._stock = stock
        self._lock = None

    def _own_lock(self):
        with TicketOffice._making:
            if self._lock is None:
                self._lock = threading.Lock()
        return self._lock

    def buy(self, count):
        if count < 0:
            raise ValueError("count")
        with self._own_lock():
            if self._stock < count:
                return False
            self._stock -= count
            return True
