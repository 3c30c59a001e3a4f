"""Waits for the result of each child before it starts the next.

Misconception: M2
Fails square_all-in_children: one after the other
"""

import multiprocessing


def square(number, results):
    results.put(number * number)


def square_all(numbers):
    results, squares = multiprocessing.Queue(), {}
    for number in numbers:
        child = multiprocessing.Process(target=square, args=(number, results))
        child.start()
        squares[number] = results.get()
        child.join()
    return squares
