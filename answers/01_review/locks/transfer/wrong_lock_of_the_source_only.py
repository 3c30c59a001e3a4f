"""Believes that only the account that loses money needs its lock.

Misconception: M13
Fails transfer-both_directions: each thread holds another lock while balance
"""


def transfer(source, target, amount):
    if amount < 0:
        raise ValueError(amount)
    with source.lock:
        if source.balance < amount:
            raise InsufficientFunds
        source.balance -= amount
        target.balance += amount
