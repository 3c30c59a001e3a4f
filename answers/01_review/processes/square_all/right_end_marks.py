"""Each child sends an end mark behind its result; the caller reads until it has them all."""

import multiprocessing


def child(number, results):
    results.put({number: number * number})
    results.put(None)


def square_all(numbers):
    results, squares = multiprocessing.Queue(), {}
    children = {multiprocessing.Process(target=child, args=[number, results]) for number in set(numbers)}
    for one in children:
        one.start()
    running = len(children)
    while running:
        message = results.get()
        if message is None:
            running -= 1
        else:
            squares |= message
    for one in children:
        one.join()
    return squares
