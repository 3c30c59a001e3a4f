"""Sets the start method for the whole program.

Misconception: a function may choose for the whole program
Fails square_all-start_methods: started by spawn
"""

import multiprocessing


def square(number, results):
    results.put((number, number * number))


def square_all(numbers):
    multiprocessing.set_start_method("spawn", force=True)
    results = multiprocessing.Queue()
    children = [multiprocessing.Process(target=square, args=(number, results)) for number in numbers]
    for child in children:
        child.start()
    squares = dict(results.get() for _ in children)
    for child in children:
        child.join()
    return squares
