"""Starts a child, joins it, starts the next, and reads at the end.

Misconception: join before drain, M2
Fails square_all-in_children: one after the other
Fails square_all-large: Can a child end before somebody has read all
"""

import multiprocessing


def f(n, q):
    q.put((n, n * n))


def square_all(numbers):
    q = multiprocessing.Queue()
    for n in numbers:
        p = multiprocessing.Process(target=f, args=(n, q))
        p.start()
        p.join()
    d = {}
    for _ in numbers:
        k, v = q.get()
        d[k] = v
    return d
