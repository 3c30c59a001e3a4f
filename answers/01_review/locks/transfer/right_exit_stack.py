"""Enters the locks of all accounts that take part, each once and in a fixed order."""

from contextlib import ExitStack


def transfer(source, target, amount):
    if amount < 0:
        raise ValueError(f"{amount} is negative")
    with ExitStack() as stack:
        for account in sorted({source, target}, key=id):
            stack.enter_context(account.lock)
        if source.balance < amount:
            raise InsufficientFunds(f"only {source.balance} left")
        source.balance -= amount
        target.balance += amount
