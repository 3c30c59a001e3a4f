"""Uses no lock at all.

Misconception: += is one step
Fails transfer-same_direction: is [3, 7], whoever runs when
Fails transfer-both_directions: is [12, 8], whoever runs when
Fails transfer-too_little: [source.balance, target.balance] is
"""


def transfer(source, target, amount):
    if amount < 0:
        raise ValueError(amount)
    if source.balance < amount:
        raise InsufficientFunds
    source.balance -= amount
    target.balance += amount
