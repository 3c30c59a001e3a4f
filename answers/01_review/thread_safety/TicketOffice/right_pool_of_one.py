"""Each office has a pool of one thread, which does the selling."""

from concurrent.futures import ThreadPoolExecutor


class TicketOffice:
    def __init__(self, stock):
        self._tickets = list(range(stock))
        self._clerk = ThreadPoolExecutor(1)

    def _sell(self, count):
        if len(self._tickets) < count:
            return False
        del self._tickets[:count]
        return True

    def buy(self, count):
        if count < 0:
            raise ValueError("count must not be negative")
        return self._clerk.submit(self._sell, count).result()
