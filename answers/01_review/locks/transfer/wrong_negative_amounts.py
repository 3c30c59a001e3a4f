"""Moves a negative amount, which is a transfer back that nobody has agreed to.

Misconception: nobody would ever ask for that
Fails transfer-arguments: ValueError reaches the caller
"""


def transfer(source, target, amount):
    if source is target:
        return
    first, second = sorted([source, target], key=id)
    with first.lock, second.lock:
        if source.balance < amount:
            raise InsufficientFunds
        source.balance -= amount
        target.balance += amount
