"""A decorator that makes its lock once for the function, and so for all objects.

Misconception: M14
Fails TicketOffice-two_offices: B had to wait for a lock that A held
"""

import functools
import threading


def synchronised(function):
    lock = threading.Lock()

    @functools.wraps(function)
    def inner(*arguments):
        with lock:
            return function(*arguments)

    return inner


class TicketOffice:
    def __init__(self, stock):
        self.stock = stock

    @synchronised
    def buy(self, count):
        if count < 0:
            raise ValueError(count)
        if self.stock < count:
            return False
        self.stock -= count
        return True
