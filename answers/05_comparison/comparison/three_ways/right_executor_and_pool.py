"""A thread pool, a pool of greenlets joined before its results are read, and a loop in a thread of its own."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

from gevent.pool import Pool


def by_threads(urls, fetch, workers):
    with ThreadPoolExecutor(max_workers=workers) as pool:
        futures = [pool.submit(fetch, url) for url in urls]
    return [future.result() for future in futures]


def by_gevent(urls, fetch, workers):
    pool = Pool(workers)
    greenlets = [pool.spawn(fetch, url) for url in urls]
    pool.join()
    for greenlet in greenlets:
        if greenlet.exception is not None:
            raise greenlet.exception
    return [greenlet.value for greenlet in greenlets]


async def by_asyncio(urls, fetch_async, workers):
    places = asyncio.Semaphore(workers)

    async def one(url):
        async with places:
            return await fetch_async(url)

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(one(url)) for url in urls]
    return [task.result() for task in tasks]


def run_in_thread(make_coroutine):
    outcome = []

    def body():
        try:
            outcome.append((asyncio.run(make_coroutine()), None))
        except BaseExceptionGroup as group:
            outcome.append((None, group.exceptions[0]))

    thread = threading.Thread(target=body)
    thread.start()
    thread.join()
    value, error = outcome[0]
    if error is not None:
        raise error
    return value


def three_ways(urls, fetch, fetch_async, workers):
    if workers < 1:
        raise ValueError("workers")
    return {
        "threads": by_threads(urls, fetch, workers),
        "gevent": by_gevent(urls, fetch, workers),
        "asyncio": run_in_thread(lambda: by_asyncio(urls, fetch_async, workers)),
    }
