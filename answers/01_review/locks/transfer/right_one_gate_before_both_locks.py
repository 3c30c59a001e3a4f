"""Takes the two locks in any order, but only behind a third one."""

from threading import RLock

gate = RLock()


def transfer(source, target, amount):
    if amount < 0:
        raise ValueError(amount)
    if source is target:
        return
    with gate:
        source.lock.acquire()
        target.lock.acquire()
    try:
        if source.balance < amount:
            raise InsufficientFunds
        source.balance -= amount
        target.balance += amount
    finally:
        target.lock.release()
        source.lock.release()
