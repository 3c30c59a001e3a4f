"""Makes an event loop in a thread of its own for each url.

Misconception: each coroutine needs a loop
Fails three_ways-workers: the coroutines ran in 4 threads
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from gevent.pool import Pool


def three_ways(urls, fetch, fetch_async, workers):
    if workers < 1:
        raise ValueError("workers")
    with ThreadPoolExecutor(workers) as pool:
        threads = list(pool.map(fetch, urls))
    pool = Pool(workers)
    greenlets = [pool.spawn(fetch, url) for url in urls]
    pool.join()
    with ThreadPoolExecutor(workers) as lanes:
        pages = list(lanes.map(lambda url: asyncio.run(fetch_async(url)), urls))
    return {"threads": threads, "gevent": [each.get() for each in greenlets], "asyncio": pages}
