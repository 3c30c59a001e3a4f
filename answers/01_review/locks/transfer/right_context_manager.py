"""A context manager locks any number of accounts in the order in which they were first seen."""

import itertools
import threading
from contextlib import contextmanager
from weakref import WeakKeyDictionary

numbers = itertools.count()
order = WeakKeyDictionary()
ordering = threading.Lock()


def number_of(account):
    with ordering:
        if account not in order:
            order[account] = next(numbers)
        return order[account]


@contextmanager
def locked(*accounts):
    todo = sorted(set(accounts), key=number_of)

    for account in todo:
        account.lock.acquire()
    try:
        yield
    finally:
        for account in reversed(todo):
            account.lock.release()


def transfer(source, target, amount):
    if amount < 0:
        raise ValueError(amount)
    with locked(source, target):
        if source.balance < amount:
            raise InsufficientFunds
        source.balance -= amount
        target.balance += amount
