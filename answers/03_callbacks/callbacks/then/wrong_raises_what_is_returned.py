"""Keeps what the function returned or raised in one variable, and goes by what that is.

Misconception: an exception object is always one that was raised
Fails then-done_already: "exception KeyError('x')"
"""

from concurrent.futures import Future


def then(future, function):
    new = Future()

    def resolve(done):
        if not new.set_running_or_notify_cancel():
            return
        try:
            outcome = function(done.result())
        except BaseException as error:
            outcome = error
        if isinstance(outcome, BaseException):
            new.set_exception(outcome)
        else:
            new.set_result(outcome)

    future.add_done_callback(resolve)
    return new
