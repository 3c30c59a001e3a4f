"""Leaves the numbers in a list of the module, which only a forked child finds filled.

Misconception: M11
Fails square_all-start_methods: the call never ends
Fails square_all-squares without fork: every thread waits
Fails square_all-any_list without fork: every thread waits
"""

import multiprocessing

todo = []


def f(i, q):
    q.put((todo[i], todo[i] ** 2))


def square_all(numbers):
    todo[:] = numbers
    q = multiprocessing.Queue()
    ps = [multiprocessing.Process(target=f, args=(i, q)) for i in range(len(numbers))]
    for p in ps:
        p.start()
    d = dict((q.get() for _ in ps))
    for p in ps:
        p.join()
    return d
