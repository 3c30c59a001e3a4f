"""Joins a child, then reads its result, and so on: each child is waited for before it is drained.

Misconception: join before drain
Fails square_all-large: Can a child end before somebody has read all
"""

from multiprocessing import Process, Queue


def square(number, results):
    results.put((number, number * number))


def square_all(numbers):
    results, squares = Queue(), {}
    children = [Process(target=square, args=(number, results)) for number in numbers]
    [child.start() for child in children]
    for child in children:
        child.join()
        number, result = results.get()
        squares[number] = result
    return squares
