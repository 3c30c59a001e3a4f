"""Takes both locks in a fixed order, even if they are one and the same.

Misconception: M17
Fails transfer-same_account: for a lock that it holds already
"""


def transfer(source, target, amount):
    if amount < 0:
        raise ValueError(amount)
    first, second = sorted([source, target], key=id)
    with first.lock, second.lock:
        if source.balance < amount:
            raise InsufficientFunds
        source.balance -= amount
        target.balance += amount
