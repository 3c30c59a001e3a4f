"""Joins whatever children there still are."""

import multiprocessing


def f(n, q):
    q.put((n, n * n))


def square_all(numbers):
    q = multiprocessing.Queue()
    for n in numbers:
        multiprocessing.Process(target=f, args=(n, q)).start()
    d = dict((q.get() for _ in numbers))
    for c in multiprocessing.active_children():
        c.join()
    return d
