"""Takes the locks by hand and gives back each that it has in a `finally`."""


def transfer(source, target, amount):
    if amount < 0:
        raise ValueError(amount)
    locks = [account.lock for account in sorted((source, target), key=lambda account: id(account))]
    if locks[0] is locks[1]:
        del locks[1]
    taken = []
    try:
        for lock in locks:
            lock.acquire()
            taken.append(lock)
        if source.balance < amount:
            raise InsufficientFunds()
        source.balance -= amount
        target.balance += amount
    finally:
        while taken:
            taken.pop().release()
