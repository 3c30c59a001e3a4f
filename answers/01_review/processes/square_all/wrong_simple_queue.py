"""Takes a SimpleQueue, which is a pipe with locks and nothing more, in the place of the Queue.

Misconception: a queue of any name will do
Fails square_all-in_children: a SimpleQueue was made, and no Queue
"""

import multiprocessing


def square(number, results):
    results.put((number, number * number))


def square_all(numbers):
    results = multiprocessing.SimpleQueue()
    children = [multiprocessing.Process(target=square, args=(number, results)) for number in numbers]
    for child in children:
        child.start()
    squares = dict(results.get() for _ in children)
    for child in children:
        child.join()
    return squares
