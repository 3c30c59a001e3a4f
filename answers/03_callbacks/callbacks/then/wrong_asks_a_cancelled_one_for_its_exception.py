"""Asks the first future for its exception, which raises when that one was cancelled.

Misconception: M8
Fails then-first_cancelled: the new future: 'not done'
"""

from concurrent.futures import Future


def then(future, function):
    new = Future()

    def callback(done):
        error = done.exception()
        if not new.set_running_or_notify_cancel():
            return
        if error is None:
            try:
                new.set_result(function(done.result()))
            except Exception as raised:
                new.set_exception(raised)
        else:
            new.set_exception(error)

    future.add_done_callback(callback)
    return new
