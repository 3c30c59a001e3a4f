"""Squares where the children are made, so that all that they do is to put the square into the queue.

Misconception: M1
Fails square_all-in_children: the calling process multiplied
"""

import multiprocessing


def square_all(numbers):
    results = multiprocessing.Queue()
    children = [multiprocessing.Process(target=results.put, args=[(number, number**2)]) for number in numbers]
    for child in children:
        child.start()
    squares = dict(results.get() for _ in children)
    for child in children:
        child.join()
    return squares
