"""Takes the money out under the first lock, gives that back, and pays it in under the second."""


def transfer(source, target, amount):
    if amount < 0:
        raise ValueError("a negative amount")
    with source.lock:
        if source.balance < amount:
            raise InsufficientFunds
        source.balance -= amount
    with target.lock:
        target.balance += amount
