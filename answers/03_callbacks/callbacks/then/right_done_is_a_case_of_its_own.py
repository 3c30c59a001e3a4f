"""Treats a future that is done already by itself and adds a callback only to one that is not."""

from concurrent.futures import Future


def then(future, function):
    new = Future()

    def finish(old):
        if new.cancelled():
            return
        new.set_running_or_notify_cancel()
        try:
            value = function(old.result())
        except Exception as error:
            new.set_exception(error)
            return
        new.set_result(value)

    if future.done():
        finish(future)
    else:
        future.add_done_callback(finish)
    return new
