"""Adds the function as a callback and returns the same future.

Misconception: a callback changes the result of its future
Fails then-result: the new future: 'result 5'
Fails then-done_already: the new future: 'result 5'
Fails then-errors: Is there a result to call it with?
Fails then-cancel: Who else may be waiting for the first future?
Fails then-first_cancelled: Is there a result to call it with?
Fails then-chain: result 5
"""


def then(future, function):
    future.add_done_callback(function)
    return future
