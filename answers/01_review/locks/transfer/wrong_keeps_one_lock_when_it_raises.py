"""Gives back one of its two locks before it raises.

Misconception: M15
Fails transfer-too_little: still holds, although it raised InsufficientFunds
"""


def transfer(source, target, amount):
    if amount < 0:
        raise ValueError(amount)
    if source is target:
        return
    first, second = sorted([source, target], key=id)
    first.lock.acquire()
    second.lock.acquire()
    if source.balance < amount:
        second.lock.release()
        raise InsufficientFunds(amount)
    source.balance -= amount
    target.balance += amount
    second.lock.release()
    first.lock.release()
