"""One lock for all transfers: none of them runs beside another, and nothing can be lost."""

import threading

bank = threading.Lock()


def transfer(source, target, amount):
    with bank:
        if amount < 0:
            raise ValueError("amount < 0")
        if amount > source.balance:
            raise InsufficientFunds(amount)
        source.balance = source.balance - amount
        target.balance = target.balance + amount
