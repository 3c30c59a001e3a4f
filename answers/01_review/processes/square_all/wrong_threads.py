"""Takes threads, which share the parent's memory, in the place of processes.

Misconception: threads are processes
Fails square_all-in_children: the work was done in the calling process
"""

from queue import Queue
from threading import Thread


def square(number, results):
    results.put((number, number * number))


def square_all(numbers):
    results = Queue()
    children = [Thread(target=square, args=(number, results)) for number in numbers]
    for child in children:
        child.start()
    squares = dict(results.get() for _ in children)
    for child in children:
        child.join()
    return squares
