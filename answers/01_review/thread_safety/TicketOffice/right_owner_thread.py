"""A thread of its own sells the tickets of each office, one request after the other."""

from concurrent.futures import Future
from queue import Queue
from threading import Thread


class TicketOffice:
    def __init__(self, stock):
        self._requests = Queue()
        Thread(target=self._sell, args=(stock,), daemon=True).start()

    def _sell(self, stock):
        while True:
            count, answer = self._requests.get()
            if count <= stock:
                stock -= count
                answer.set_result(True)
            else:
                answer.set_result(False)

    def buy(self, count):
        if count < 0:
            raise ValueError(f"{count} tickets")
        answer = Future()
        self._requests.put((count, answer))
        return answer.result()
