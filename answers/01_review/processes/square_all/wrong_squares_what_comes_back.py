"""The children send their numbers back, and the caller squares them.

Misconception: M11
Fails square_all-in_children: the calling process multiplied
"""

import multiprocessing


def square(number, results):
    results.put(number)


def square_all(numbers):
    results, squares = multiprocessing.Queue(), {}
    children = [multiprocessing.Process(target=square, args=(number, results)) for number in numbers]
    for child in children:
        child.start()
    for _ in children:
        number = results.get()
        squares[number] = number * number
    for child in children:
        child.join()
    return squares
