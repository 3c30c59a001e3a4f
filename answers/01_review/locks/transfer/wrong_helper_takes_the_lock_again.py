"""Calls a helper that takes the lock of the source while it holds it.

Misconception: M17
Fails transfer-moves: for a lock that it holds already
Fails transfer-same_direction: for a lock that it holds already
Fails transfer-both_directions: for a lock that it holds already
Fails transfer-too_little: for a lock that it holds already
Fails transfer-same_account: for a lock that it holds already
Fails transfer-arguments: Who holds the lock when this line asks for it, and can that thread
"""


def balance_of(account):
    with account.lock:
        return account.balance


def transfer(source, target, amount):
    if amount < 0:
        raise ValueError(amount)
    if source is target:
        return
    first, second = sorted([source, target], key=id)
    with first.lock, second.lock:
        if balance_of(source) < amount:
            raise InsufficientFunds
        source.balance -= amount
        target.balance += amount
