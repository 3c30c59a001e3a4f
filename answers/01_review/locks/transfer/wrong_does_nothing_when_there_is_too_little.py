"""Returns False where it should raise.

Misconception: the caller looks at what is returned
Fails transfer-too_little: InsufficientFunds reaches the caller
"""


def transfer(source, target, amount):
    if amount < 0:
        raise ValueError(amount)
    if source is target:
        return True
    first, second = sorted([source, target], key=id)
    with first.lock, second.lock:
        if source.balance < amount:
            return False
        source.balance -= amount
        target.balance += amount
        return True
