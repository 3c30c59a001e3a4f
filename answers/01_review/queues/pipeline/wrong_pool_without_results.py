"""Submits to a pool and keeps what a job stores; the futures, with their exceptions, are dropped.

Misconception: M4
Fails pipeline-errors: returned ['value of a', None, 'value of c']
Fails pipeline-many_errors: the error is None
"""

from concurrent.futures import ThreadPoolExecutor


def pipeline(items, parse, consumers):
    results = [None] * len(items)

    def job(place, item):
        results[place] = parse(item)

    with ThreadPoolExecutor(consumers) as pool:
        for place, item in enumerate(items):
            pool.submit(job, place, item)
    return results
