"""Looks at the amount when it has the lock, and raises with it.

Misconception: M15
Fails transfer-arguments: still holds the lock that it took
"""


def transfer(source, target, amount):
    source.lock.acquire()
    if amount < 0:
        raise ValueError(amount)
    if source.balance < amount:
        source.lock.release()
        raise InsufficientFunds
    source.balance -= amount
    source.lock.release()
    with target.lock:
        target.balance += amount
