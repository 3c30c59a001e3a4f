"""Starts its children by fork, whatever is set.

Misconception: a function may choose for the whole program
Fails square_all-start_methods: started by fork
"""

import multiprocessing

context = multiprocessing.get_context("fork")


def square(number, results):
    results.put((number, number * number))


def square_all(numbers):
    results = context.Queue()
    children = [context.Process(target=square, args=(number, results)) for number in numbers]
    for child in children:
        child.start()
    squares = dict(results.get() for _ in children)
    for child in children:
        child.join()
    return squares
