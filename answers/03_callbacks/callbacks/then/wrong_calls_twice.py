"""Calls the function for a future that is done already, and adds the callback all the same.

Misconception: a callback that is added late is never called
Fails then-done_already: How often is the function called?
"""

from concurrent.futures import Future, InvalidStateError


def then(future, function):
    new = Future()

    def callback(done):
        if new.cancelled():
            return
        try:
            new.set_result(function(done.result()))
        except InvalidStateError:
            pass
        except BaseException as error:
            if not new.done():
                new.set_exception(error)

    if future.done():
        callback(future)
    future.add_done_callback(callback)
    return new
