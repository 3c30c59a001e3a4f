"""Calls the function although the new future was cancelled, and stumbles over its state afterwards.

Misconception: a cancelled future keeps its callback from being called
Fails then-cancel: How can it see that nobody wants the result any more?
"""

from concurrent.futures import Future, InvalidStateError


def then(future, function):
    new = Future()

    def callback(done):
        try:
            try:
                result = function(done.result())
            except BaseException as error:
                new.set_exception(error)
            else:
                new.set_result(result)
        except InvalidStateError:
            pass

    future.add_done_callback(callback)
    return new
