"""Runs the greenlets in a thread of their own, whose hub ends with it, and takes pages as they come."""

import asyncio
import contextvars
from concurrent.futures import ThreadPoolExecutor, as_completed

import gevent
from gevent.lock import Semaphore


def threads(urls, fetch, workers):
    pages = {}
    with ThreadPoolExecutor(workers) as pool:
        futures = {pool.submit(fetch, url): index for index, url in enumerate(urls)}
        for future in as_completed(futures):
            pages[futures[future]] = future.result()
    return [pages[index] for index in range(len(urls))]


def greenlets(urls, fetch, workers):
    room = Semaphore(workers)

    def one(url):
        with room:
            return fetch(url)

    spawned = [gevent.spawn(one, url) for url in urls]
    try:
        gevent.joinall(spawned, raise_error=True)
    finally:
        gevent.killall(spawned)
        gevent.get_hub().destroy(destroy_loop=True)
    return [each.value for each in spawned]


async def coroutines(urls, fetch_async, workers):
    running, pages = set(), {}
    todo = list(enumerate(urls))

    async def one(index, url):
        pages[index] = await fetch_async(url)

    while todo or running:
        while todo and len(running) < workers:
            running.add(asyncio.create_task(one(*todo.pop(0))))
        done, running = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    return [pages[index] for index in range(len(urls))]


def three_ways(urls, fetch, fetch_async, workers):
    if workers < 1:
        raise ValueError("at least one worker")
    with ThreadPoolExecutor(1) as lane:
        run = contextvars.copy_context().run
        return {
            "asyncio": lane.submit(run, asyncio.run, coroutines(urls, fetch_async, workers)).result(),
            "gevent": lane.submit(greenlets, urls, fetch, workers).result(),
            "threads": threads(urls, fetch, workers),
        }
