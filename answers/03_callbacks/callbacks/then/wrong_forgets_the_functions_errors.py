"""Passes the exception of the first future on, but lets the function raise in the callback.

Misconception: M8
Fails then-errors: What does Python do with an exception that leaves a callback?
"""

from concurrent.futures import Future


def then(future, function):
    new = Future()

    def callback(done):
        if not new.set_running_or_notify_cancel():
            return
        error = None
        try:
            result = done.result()
        except BaseException as raised:
            error = raised
        if error is not None:
            new.set_exception(error)
        else:
            new.set_result(function(result))

    future.add_done_callback(callback)
    return new
