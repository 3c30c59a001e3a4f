"""Reads until it has as many keys as numbers, which never comes true when one is listed twice.

Misconception: numbers are different
Fails square_all-any_list: `number, square = results.get()`
Fails square_all-large: The same number twice: how many squares come, and how many are read?
"""

import multiprocessing


def work(number, results):
    results.put((number, number * number))


def square_all(numbers):
    results, squares = multiprocessing.Queue(), {}
    children = [multiprocessing.Process(target=work, args=(number, results)) for number in numbers]
    for child in children:
        child.start()
    while len(squares) < len(numbers):
        number, square = results.get()
        squares[number] = square
    for child in children:
        child.join()
    return squares
