"""Reads all results and returns, whether the children have ended or not.

Misconception: who has sent its result has ended
Fails square_all-joined: without waiting for the end of 2 child processes
"""

import multiprocessing


def square(number, results):
    results.put((number, number * number))


def square_all(numbers):
    results = multiprocessing.Queue()
    for number in numbers:
        multiprocessing.Process(target=square, args=(number, results)).start()
    return dict(results.get() for _ in numbers)
