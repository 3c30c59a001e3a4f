"""Keeps the pages in a variable of the module.

Misconception: M11
Fails consume-in_list: in the broker: nothing
Fails consume-ends: returned [2, 1, 2]
"""

waiting = []


def produce(client, pages):
    waiting.extend(pages)


def consume(client, parse):
    results = []
    while waiting:
        results.append(parse(waiting[0]))
        del waiting[0]
    return results
