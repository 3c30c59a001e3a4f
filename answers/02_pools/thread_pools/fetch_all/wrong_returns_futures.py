"""Returns the futures, which are all done, and not their results.

Misconception: takes a future for its result
Fails fetch_all-in_order: returned [a Future object, a Future object
Fails fetch_all-errors: returned [a Future object, a Future object
Fails fetch_all-arguments: A future is the promise of a result: who asks it for the result
"""

from concurrent.futures import ThreadPoolExecutor


def fetch_all(urls, fetch, workers):
    with ThreadPoolExecutor(workers) as pool:
        return [pool.submit(fetch, url) for url in urls]
