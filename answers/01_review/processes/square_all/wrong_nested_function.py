"""Defines the child's function inside, where only a forked child has it.

Misconception: M10
Fails square_all-start_methods: can it find this one?
Fails square_all-squares without fork: Can't pickle local object
Fails square_all-any_list without fork: Can't pickle local object
"""

import multiprocessing


def square_all(numbers):
    results = multiprocessing.Queue()

    def square(number):
        results.put((number, number * number))

    children = [multiprocessing.Process(target=square, args=(number,)) for number in numbers]
    for child in children:
        child.start()
    squares = dict(results.get() for _ in children)
    for child in children:
        child.join()
    return squares
