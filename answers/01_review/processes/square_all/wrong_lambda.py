"""Hands a lambda to the child, which only a forked one has.

Misconception: M10
Fails square_all-start_methods: can it find this one?
Fails square_all-squares without fork: Can't pickle local object
Fails square_all-any_list without fork: Can't pickle local object
"""

import multiprocessing


def square_all(numbers):
    q = multiprocessing.Queue()
    ps = [multiprocessing.Process(target=lambda n: q.put((n, n * n)), args=(n,)) for n in numbers]
    for p in ps:
        p.start()
    d = dict((q.get() for _ in ps))
    for p in ps:
        p.join()
    return d
