"""Nests the locks in the order of `id`, written out for both cases."""


def transfer(source, target, amount):
    if amount < 0:
        raise ValueError(amount)

    def move():
        if source.balance < amount:
            raise InsufficientFunds(source.balance, amount)
        source.balance, target.balance = source.balance - amount, target.balance + amount

    if source is target:
        with source.lock:
            if source.balance < amount:
                raise InsufficientFunds(source.balance, amount)
    elif id(source) < id(target):
        with source.lock:
            with target.lock:
                move()
    else:
        with target.lock:
            with source.lock:
                move()
