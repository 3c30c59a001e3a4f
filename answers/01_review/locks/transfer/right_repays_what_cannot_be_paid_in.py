"""Withdraws and deposits with functions of their own, and checks after taking out."""


def withdraw(account, amount):
    with account.lock:
        left = account.balance - amount
        if left < 0:
            raise InsufficientFunds(f"{account.balance} < {amount}")
        account.balance = left


def deposit(account, amount):
    with account.lock:
        account.balance += amount


def transfer(source, target, amount):
    if not amount >= 0:
        raise ValueError("the amount must not be negative")
    withdraw(source, amount)
    try:
        deposit(target, amount)
    except BaseException:
        deposit(source, amount)
        raise
