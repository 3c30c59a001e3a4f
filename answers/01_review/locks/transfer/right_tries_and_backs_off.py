"""Tries for the second lock, and gives back the first and sleeps a little when it is taken."""

import random
import time


def transfer(source, target, amount):
    if amount < 0:
        raise ValueError(amount)
    if source is target:
        return
    while True:
        with source.lock:
            if target.lock.acquire(blocking=False):
                try:
                    if source.balance < amount:
                        raise InsufficientFunds
                    source.balance -= amount
                    target.balance += amount
                    return
                finally:
                    target.lock.release()
        time.sleep(random.random() / 100)
