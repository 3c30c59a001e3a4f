"""Takes a queue for threads: each child fills a copy of its own.

Misconception: M11
Fails square_all-squares: `squares = dict(results.get() for _ in children)`
Fails square_all-any_list: `squares = dict(results.get() for _ in children)`
Fails square_all-large: `squares = dict(results.get() for _ in children)`
Fails square_all-joined: `squares = dict(results.get() for _ in children)`
Fails square_all-start_methods: `squares = dict(results.get() for _ in children)`
Fails square_all-squares without fork: cannot pickle
Fails square_all-any_list without fork: cannot pickle
Fails square_all-start_methods without fork: cannot pickle
"""

import multiprocessing
import queue


def square(number, results):
    results.put((number, number * number))


def square_all(numbers):
    results = queue.SimpleQueue()
    children = [multiprocessing.Process(target=square, args=(number, results)) for number in numbers]
    for child in children:
        child.start()
    squares = dict(results.get() for _ in children)
    for child in children:
        child.join()
    return squares
