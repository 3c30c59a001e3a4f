"""Asks the first future for its result at once, and so waits for it.

Misconception: a step after a future has to wait for it
Fails then-no_waiting: the call never ends
Fails then-errors: 'None, which is no Future', and then raised KeyError('x')
Fails then-done_already: 'None, which is no Future', and then raised KeyError('x')
Fails then-cancel: 'None, which is no Future', and every thread waits
Fails then-first_cancelled: None, which is no Future
Fails then-chain: raised KeyError('x')
"""

from concurrent.futures import Future


def then(future, function):
    new = Future()
    new.set_result(function(future.result()))
    return new
