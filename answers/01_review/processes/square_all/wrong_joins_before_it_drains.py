"""Joins the children first: one whose square is too large for the pipe never ends.

Misconception: join before drain
Fails square_all-large: `child.join()`
"""

import multiprocessing


def square(number, results):
    results.put((number, number * number))


def square_all(numbers):
    results = multiprocessing.Queue()
    children = [multiprocessing.Process(target=square, args=(number, results)) for number in numbers]
    for child in children:
        child.start()
    for child in children:
        child.join()
    return dict(results.get() for _ in children)
