"""Takes the locks by hand and raises without giving them back.

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
        raise InsufficientFunds(amount)
    source.balance -= amount
    target.balance += amount
    second.lock.release()
    first.lock.release()
