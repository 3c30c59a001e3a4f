"""Takes the current context, shares a small queue, and drains it in a thread while it joins."""

import multiprocessing
from functools import partial
from threading import Thread


def square(put, number):
    put((number, number * number))


def square_all(numbers):
    context = multiprocessing.get_context()
    results = context.Queue(maxsize=1)
    squares = {}

    def drain():
        for _ in numbers:
            squares.update([results.get()])

    reader = Thread(target=drain)
    reader.start()
    children = [context.Process(target=partial(square, results.put, number)) for number in numbers]
    for one in children:
        one.start()
    for one in children:
        one.join()
    reader.join()
    return squares
