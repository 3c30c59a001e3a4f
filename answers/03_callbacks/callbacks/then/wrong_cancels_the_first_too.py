"""Cancels the first future when the new one is cancelled.

Misconception: who does not want the second step does not want the first
Fails then-cancel: Who else may be waiting for the first future?
"""

from concurrent.futures import Future


def then(future, function):
    new = Future()

    def forward(done):
        if new.set_running_or_notify_cancel():
            try:
                new.set_result(function(done.result()))
            except BaseException as error:
                new.set_exception(error)

    def backward(done):
        if done.cancelled():
            future.cancel()

    new.add_done_callback(backward)
    future.add_done_callback(forward)
    return new
