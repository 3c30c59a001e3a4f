"""Deals the items out beforehand: a consumer that is done with its share does nothing more.

Misconception: equal shares take equal time
Fails pipeline-at_once: only 2 at the same time
"""

from concurrent.futures import ThreadPoolExecutor


def pipeline(items, parse, consumers):
    def consume(first):
        return [parse(item) for item in items[first::consumers]]

    results = [None] * len(items)
    with ThreadPoolExecutor(consumers) as pool:
        for first, share in enumerate(pool.map(consume, range(consumers))):
            results[first::consumers] = share
    return results
