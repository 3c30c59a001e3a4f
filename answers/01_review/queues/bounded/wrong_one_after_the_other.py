"""Consumes each item before it produces the next: nothing ever waits in a buffer.

Misconception: M2
Fails bounded-slow_consumer: waited while each one was consumed is [0, 0
"""


def bounded(produce, consume, size):
    if size < 1:
        raise ValueError("size must be at least 1")
    for item in produce():
        consume(item)
