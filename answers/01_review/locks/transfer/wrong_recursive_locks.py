"""Replaces the locks by recursive ones, as the notes advise against every deadlock.

Misconception: M18
Fails transfer-both_directions: A waits for a lock that B holds, B waits for a lock that A holds
"""

from threading import RLock


class Account(Account):
    def __init__(self, balance):
        super().__init__(balance)
        self.lock = RLock()


def transfer(source, target, amount):
    if amount < 0:
        raise ValueError(amount)
    with source.lock:
        with target.lock:
            if source.balance < amount:
                raise InsufficientFunds
            source.balance -= amount
            target.balance += amount
