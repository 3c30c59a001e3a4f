"""Hands the waiting to a pool, whose worker then waits; a job that is running cannot be cancelled.

Misconception: somebody has to wait
Fails then-no_waiting: threads behind
Fails then-cancel: returned False
"""

from concurrent.futures import ThreadPoolExecutor


def then(future, function):
    return ThreadPoolExecutor(1).submit(lambda: function(future.result()))
