"""The children write into a dict of the module, of which each has a copy of its own.

Misconception: M11
Fails square_all-squares: returned {}
Fails square_all-any_list: returned {}
Fails square_all-large: returned {}
Fails square_all-start_methods: returned {}
"""

import multiprocessing

squares = {}


def square(number):
    squares[number] = number * number


def square_all(numbers):
    squares.clear()
    children = [multiprocessing.Process(target=square, args=(number,)) for number in numbers]
    for child in children:
        child.start()
    for child in children:
        child.join()
    return dict(squares)
