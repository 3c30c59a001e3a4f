"""Keeps the results in a dict by item, as if no two were the same and each could be a key.

Misconception: items are different and hashable
Fails pipeline-any_item: unhashable type: 'list'
"""

from concurrent.futures import ThreadPoolExecutor


def pipeline(items, parse, consumers):
    with ThreadPoolExecutor(consumers) as pool:
        futures = {item: pool.submit(parse, item) for item in items}
    return [futures[item].result() for item in items]
