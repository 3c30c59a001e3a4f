"""The callback is a partial of a helper that asks for the exception first; cancelled ones are looked at by hand."""

from concurrent.futures import CancelledError, Future, InvalidStateError
from functools import partial


def pass_on(function, new, old):
    if new.cancelled():
        return
    try:
        if old.cancelled():
            new.cancel()
        elif error := old.exception():
            new.set_exception(error)
        else:
            new.set_result(function(old.result()))
    except InvalidStateError:
        pass  # it was cancelled while the function was running
    except (Exception, CancelledError) as error:
        new.set_exception(error)


def then(future, function):
    new = Future()
    future.add_done_callback(partial(pass_on, function, new))
    return new
