"""Takes the locks in the order in which the caller names the accounts.

Misconception: M18
Fails transfer-both_directions: A waits for a lock that B holds, B waits for a lock that A holds
"""


def transfer(source, target, amount):
    if amount < 0:
        raise ValueError(amount)
    if source is target:
        return
    with source.lock, target.lock:
        if source.balance < amount:
            raise InsufficientFunds
        source.balance -= amount
        target.balance += amount
