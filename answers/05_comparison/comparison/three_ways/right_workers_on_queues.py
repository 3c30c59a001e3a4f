"""Everywhere the same: workers that take numbered urls from a queue until it is empty."""

import asyncio
import queue
import threading
from concurrent.futures import ThreadPoolExecutor

import gevent
import gevent.queue


def with_threads(urls, fetch, workers):
    waiting, pages, errors = queue.SimpleQueue(), [None] * len(urls), []
    for item in enumerate(urls):
        waiting.put(item)

    def work():
        while not errors:
            try:
                index, url = waiting.get_nowait()
            except queue.Empty:
                return
            try:
                pages[index] = fetch(url)
            except Exception as error:
                errors.append(error)

    threads = [threading.Thread(target=work) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
    return pages


def with_gevent(urls, fetch, workers):
    waiting, pages, errors = list(enumerate(urls))[::-1], [None] * len(urls), []

    def work():
        while waiting and not errors:
            index, url = waiting.pop()
            try:
                pages[index] = fetch(url)
            except Exception as error:
                errors.append(error)

    gevent.joinall([gevent.spawn(work) for _ in range(workers)])
    if errors:
        raise errors[0]
    return pages


async def with_asyncio(urls, fetch_async, workers):
    waiting, pages = iter(enumerate(urls)), [None] * len(urls)

    async def work():
        for index, url in waiting:
            pages[index] = await fetch_async(url)

    await asyncio.gather(*(work() for _ in range(workers)))
    return pages


def three_ways(urls, fetch, fetch_async, workers):
    if workers < 1:
        raise ValueError("workers must be positive")
    result = {"gevent": with_gevent(urls, fetch, workers), "threads": with_threads(urls, fetch, workers)}
    with ThreadPoolExecutor(1) as helper:
        result["asyncio"] = helper.submit(asyncio.run, with_asyncio(urls, fetch_async, workers)).result()
    return result
