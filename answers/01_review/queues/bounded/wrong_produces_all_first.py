"""Makes a list of everything before the first item is consumed.

Misconception: leaves the size out of account
Fails bounded-slow_consumer: waited while each one was consumed is [5, 4
Fails bounded-slow_producer: what happened is
Fails bounded-nothing_left: What does the code wait for before it starts this one?
"""


def bounded(produce, consume, size):
    if size < 1:
        raise ValueError("size must be at least 1")
    for item in list(produce()):
        consume(item)
