"""Waits for each child, but only for a second.

Misconception: a time-out is long enough
Fails square_all-joined: join(timeout=1) was over before it had ended
"""

import multiprocessing


def square(number, results):
    results.put((number, number * number))


def square_all(numbers):
    results = multiprocessing.Queue()
    children = [multiprocessing.Process(target=square, args=(number, results)) for number in numbers]
    for child in children:
        child.start()
    squares = dict(results.get() for _ in children)
    for child in children:
        child.join(timeout=1)
    return squares
