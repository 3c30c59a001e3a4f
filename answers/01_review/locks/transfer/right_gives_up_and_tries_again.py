"""Waits for the second lock for a moment only, then gives back the first and begins again."""


def try_once(source, target, amount):
    with source.lock:
        if source.balance < amount:
            raise InsufficientFunds(f"{amount} of {source.balance}")
        if source is target:
            return True
        if not target.lock.acquire(timeout=0.05):
            return False
        try:
            source.balance -= amount
            target.balance += amount
            return True
        finally:
            target.lock.release()


def transfer(source, target, amount):
    if amount < 0:
        raise ValueError(amount)
    while not try_once(source, target, amount):
        pass
