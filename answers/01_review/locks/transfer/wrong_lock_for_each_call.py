"""Makes a lock in each call.

Misconception: M12
Fails transfer-same_direction: each thread holds another lock while balance
Fails transfer-both_directions: is [12, 8], whoever runs when
Fails transfer-too_little: [source.balance, target.balance] is
"""

from threading import Lock


def transfer(source, target, amount):
    if amount < 0:
        raise ValueError(amount)
    with Lock():
        if source.balance < amount:
            raise InsufficientFunds
        source.balance -= amount
        target.balance += amount
