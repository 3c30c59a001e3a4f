"""Lets the callback raise, so that the new future is never finished when something fails.

Misconception: M8
Fails then-done_already: the new future: 'not done'
Fails then-errors: Where does the exception go that its `result()` raises in a callback?
Fails then-cancel: How can it see that nobody wants the result any more?
Fails then-first_cancelled: the new future: 'not done'
Fails then-chain: not done
"""

from concurrent.futures import Future


def then(future, function):
    new = Future()
    future.add_done_callback(lambda done: new.set_result(function(done.result())))
    return new
