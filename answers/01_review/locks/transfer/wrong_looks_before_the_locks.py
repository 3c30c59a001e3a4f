"""Looks at the balance before it has the locks.

Misconception: M16
Fails transfer-too_little: [source.balance, target.balance] is [-1, 6]; no lock is held while balance is read or written at
"""


def transfer(source, target, amount):
    if amount < 0:
        raise ValueError(amount)
    if source.balance < amount:
        raise InsufficientFunds
    if source is target:
        return
    first, second = sorted([source, target], key=id)
    with first.lock, second.lock:
        source.balance -= amount
        target.balance += amount
