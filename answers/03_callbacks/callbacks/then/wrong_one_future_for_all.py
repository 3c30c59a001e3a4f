"""Keeps the new future in one place for all calls.

Misconception: what each call needs is kept in one place for all
Fails then-chain: What does one call of `then` share with another?
"""

from concurrent.futures import Future

state = {}


def resolve(done):
    new, function = state["new"], state["function"]
    if new.set_running_or_notify_cancel():
        try:
            new.set_result(function(done.result()))
        except BaseException as error:
            new.set_exception(error)


def then(future, function):
    state["new"], state["function"] = new, function = Future(), function
    future.add_done_callback(resolve)
    return new
