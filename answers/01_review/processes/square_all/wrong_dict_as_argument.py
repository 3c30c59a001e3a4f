"""Hands a dict to the children, each of which fills its own copy.

Misconception: M11
Fails square_all-squares: returned {}
Fails square_all-any_list: returned {}
Fails square_all-large: returned {}
Fails square_all-start_methods: returned {}
"""

from multiprocessing import Process


def square(number, squares):
    squares[number] = number * number


def square_all(numbers):
    squares = {}
    children = [Process(target=square, args=(number, squares)) for number in numbers]
    for child in children:
        child.start()
    for child in children:
        child.join()
    return squares
