"""A condition guards the set of accounts that are in use; whoever needs one of them waits."""

from threading import Condition

busy = set()
changed = Condition()


def transfer(source, target, amount):
    if amount < 0:
        raise ValueError(amount)
    both = {source, target}
    with changed:
        changed.wait_for(lambda: not busy & both)
        busy.update(both)
    try:
        if source.balance < amount:
            raise InsufficientFunds
        source.balance -= amount
        target.balance += amount
    finally:
        with changed:
            busy.difference_update(both)
            changed.notify_all()
