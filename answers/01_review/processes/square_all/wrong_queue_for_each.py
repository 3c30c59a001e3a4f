"""Makes a queue for each child and reads them one after the other.

Misconception: a queue joins two processes only
Fails square_all-in_children: queues were made
"""

from multiprocessing import Process, Queue


def square(number, results):
    results.put(number * number)


def square_all(numbers):
    queues, children = {number: Queue() for number in numbers}, []
    for number, results in queues.items():
        children.append(Process(target=square, args=(number, results)))
        children[-1].start()
    squares = {number: results.get() for number, results in queues.items()}
    for child in children:
        child.join()
    return squares
