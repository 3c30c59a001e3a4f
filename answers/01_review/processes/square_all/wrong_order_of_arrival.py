"""Pairs the numbers, in their order, with the squares in the order in which they arrive.

Misconception: M6
Fails square_all-squares: returned {3: 0
"""

import multiprocessing


def square(number, results):
    results.put(number * number)


def square_all(numbers):
    results = multiprocessing.Queue()
    children = [multiprocessing.Process(target=square, args=(number, results)) for number in numbers]
    for child in children:
        child.start()
    squares = {number: results.get() for number in numbers}
    for child in children:
        child.join()
    return squares
