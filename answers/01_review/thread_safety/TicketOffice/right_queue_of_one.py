"""The stock lies in a queue of one place: whoever has taken it out decides."""

import queue


class TicketOffice:
    def __init__(self, stock):
        self._till = queue.Queue()
        self._till.put(stock)

    def buy(self, count):
        if count < 0:
            raise ValueError(count)
        stock = self._till.get()
        sold = stock >= count
        self._till.put(stock - count if sold else stock)
        return sold
