"""Joins the last child only.

Misconception: the last one started is the last one to end
Fails square_all-any_list: UnboundLocalError
Fails square_all-joined: without waiting for the end of 1 child process
"""

import multiprocessing


def square(number, results):
    results.put((number, number * number))


def square_all(numbers):
    results = multiprocessing.Queue()
    for number in numbers:
        child = multiprocessing.Process(target=square, args=(number, results))
        child.start()
    squares = dict(results.get() for _ in numbers)
    child.join()
    return squares
