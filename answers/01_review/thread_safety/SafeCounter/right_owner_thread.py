"""A thread of its own owns the number; others send it messages and wait for its answer."""

import queue
import threading


class SafeCounter:
    def __init__(self):
        self._requests = queue.Queue()
        threading.Thread(target=self._own, daemon=True).start()

    def _own(self):
        number = 0
        while True:
            step, answer = self._requests.get()
            number += step
            answer.put(number)

    def _ask(self, step):
        answer = queue.SimpleQueue()
        self._requests.put((step, answer))
        return answer.get()

    def increment(self):
        self._ask(1)

    @property
    def value(self):
        return self._ask(0)
