"""Reads while the queue is not empty: it is empty before the first child has computed anything.

Misconception: M22
Fails square_all-squares: returned {}
Fails square_all-any_list: returned {}
Fails square_all-large: `child.join()`
Fails square_all-start_methods: returned {}
"""

import multiprocessing


def work(number, results):
    results.put((number, number * number))


def square_all(numbers):
    results, squares = multiprocessing.Queue(), {}
    children = [multiprocessing.Process(target=work, args=(number, results)) for number in numbers]
    for child in children:
        child.start()
    while not results.empty():
        number, square = results.get()
        squares[number] = square
    for child in children:
        child.join()
    return squares
