"""Callbacks put each future that is done into a queue, from which the caller takes them in the order of arrival."""

import queue
from concurrent.futures import ThreadPoolExecutor


def first_match(urls, fetch, wanted, workers):
    arrivals = queue.Queue()
    pool = ThreadPoolExecutor(workers)
    try:
        for url in urls:
            pool.submit(fetch, url).add_done_callback(lambda future, url=url: arrivals.put((url, future)))
        for _ in urls:
            url, future = arrivals.get()
            if wanted(future.result()):
                return url
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
