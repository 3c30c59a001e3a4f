"""Reads both balances first and writes sums made of them, one lock after the other.

Misconception: M16
Fails transfer-same_direction: is [3, 7], whoever runs when
Fails transfer-both_directions: is [12, 8], whoever runs when
Fails transfer-too_little: [source.balance, target.balance] is
Fails transfer-same_account: account.balance is 13
"""


def transfer(source, target, amount):
    if amount < 0:
        raise ValueError(amount)
    with source.lock:
        left = source.balance - amount
    with target.lock:
        sum_ = target.balance + amount
    if left < 0:
        raise InsufficientFunds
    with source.lock:
        source.balance = left
    with target.lock:
        target.balance = sum_
