"""Takes the lock of the richer account first, which is in the caller's order where both have the same.

Misconception: M18
Fails transfer-both_directions: In which order does each of them take its locks?
"""


def transfer(source, target, amount):
    if amount < 0:
        raise ValueError(amount)
    if source is target:
        return
    first, second = sorted([source, target], key=lambda account: account.balance)
    with first.lock:
        with second.lock:
            if source.balance < amount:
                raise InsufficientFunds
            source.balance -= amount
            target.balance += amount
