"""Fetches by threads, and says that it was done in all three ways.

Misconception: only the result counts
Fails three_ways-at_once: so far jobs ran in threads; now the call has returned
Fails three_ways-workers: in greenlets: nothing
Fails three_ways-errors: OSError('c is down') reaches the caller
"""

from concurrent.futures import ThreadPoolExecutor


def three_ways(urls, fetch, fetch_async, workers):
    with ThreadPoolExecutor(workers) as pool:
        pages = list(pool.map(fetch, urls))
    return {"threads": pages, "gevent": list(pages), "asyncio": list(pages)}
