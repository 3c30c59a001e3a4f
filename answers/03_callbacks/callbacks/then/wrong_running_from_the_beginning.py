"""Marks the new future as running when it is made, so that it cannot be cancelled.

Misconception: a future that waits is running
Fails then-cancel: returned False
"""

from concurrent.futures import Future


def then(future, function):
    new = Future()
    new.set_running_or_notify_cancel()

    def callback(done):
        try:
            new.set_result(function(done.result()))
        except BaseException as error:
            new.set_exception(error)

    future.add_done_callback(callback)
    return new
