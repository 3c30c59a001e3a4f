"""Leaves the end of the children to their being daemons.

Misconception: M24
Fails square_all-joined: without waiting for the end of 2 child processes
"""

import multiprocessing


def f(n, q):
    q.put((n, n * n))


def square_all(numbers):
    q = multiprocessing.Queue()
    for n in numbers:
        multiprocessing.Process(target=f, args=(n, q), daemon=True).start()
    return dict((q.get() for _ in numbers))
