"""One thread, the teller, makes all transfers, and hands results and exceptions back."""

from concurrent.futures import ThreadPoolExecutor

teller = ThreadPoolExecutor(1)


def move(source, target, amount):
    if source.balance < amount:
        raise InsufficientFunds(amount)
    source.balance -= amount
    target.balance += amount


def transfer(source, target, amount):
    if amount < 0:
        raise ValueError(amount)
    teller.submit(move, source, target, amount).result()
