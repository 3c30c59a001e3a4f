"""Tries for the lock and sleeps a little when it is taken."""

import random
import threading
import time


class TicketOffice:
    def __init__(self, stock):
        self.stock, self.lock = stock, threading.Lock()

    def buy(self, count):
        if count < 0:
            raise ValueError("count < 0")
        while not self.lock.acquire(blocking=False):
            time.sleep(random.uniform(0.001, 0.002))
        try:
            if self.stock >= count:
                self.stock -= count
                return True
            else:
                return False
        finally:
            self.lock.release()
