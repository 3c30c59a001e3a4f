"""Takes the money out, then finds that there was not enough, and raises.

Misconception: an exception undoes what was done before
Fails transfer-too_little: [source.balance, target.balance] is [-1, 10]
"""


def transfer(source, target, amount):
    if amount < 0:
        raise ValueError(amount)
    with source.lock:
        source.balance -= amount
        if source.balance < 0:
            raise InsufficientFunds
    with target.lock:
        target.balance += amount
