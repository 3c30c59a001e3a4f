"""Calls the function with the future in the place of its result.

Misconception: takes a future for its result
Fails then-result: exception TypeError
Fails then-done_already: exception TypeError
Fails then-errors: exception TypeError
Fails then-first_cancelled: exception TypeError
Fails then-chain: exception TypeError
"""

from concurrent.futures import Future


def then(future, function):
    new = Future()

    def callback(done):
        if new.set_running_or_notify_cancel():
            try:
                new.set_result(function(done))
            except BaseException as error:
                new.set_exception(error)

    future.add_done_callback(callback)
    return new
