"""A dataclass whose method runs under the lock of its object by a decorator."""

from dataclasses import dataclass, field
from functools import wraps
from threading import RLock
from typing import Any


def alone(method):
    @wraps(method)
    def inner(self, *arguments):
        with self.lock:
            return method(self, *arguments)

    return inner


@dataclass
class TicketOffice:
    stock: int
    lock: Any = field(default_factory=RLock)

    @alone
    def has(self, count):
        return self.stock >= count

    @alone
    def buy(self, count):
        if count < 0:
            raise ValueError("a negative number of tickets")
        if not self.has(count):
            return False
        self.stock -= count
        return True
