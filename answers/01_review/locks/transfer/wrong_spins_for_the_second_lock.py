"""Tries for the second lock again and again, without ever giving back the first.

Misconception: M18, M34
Fails transfer-both_directions: A goes on and on
Fails transfer-too_little: Which Event, Condition or Queue could wake this thread, so that it
"""


def transfer(source, target, amount):
    if amount < 0:
        raise ValueError(amount)
    if source is target:
        return
    with source.lock:
        while not target.lock.acquire(blocking=False):
            pass
        try:
            if source.balance < amount:
                raise InsufficientFunds
            source.balance -= amount
            target.balance += amount
        finally:
            target.lock.release()
