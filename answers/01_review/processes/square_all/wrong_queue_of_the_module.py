"""Keeps the queue in the module, where only a forked child finds the same one.

Misconception: M11
Fails square_all-start_methods: `squares = dict(results.get() for _ in children)`
Fails square_all-squares without fork: every thread waits
Fails square_all-any_list without fork: every thread waits
"""

import multiprocessing

results = multiprocessing.Queue()


def square(number):
    results.put((number, number * number))


def square_all(numbers):
    children = [multiprocessing.Process(target=square, args=(number,)) for number in numbers]
    for child in children:
        child.start()
    squares = dict(results.get() for _ in children)
    for child in children:
        child.join()
    return squares
