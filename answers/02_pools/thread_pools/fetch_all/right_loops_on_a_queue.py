"""Hands the pool one loop for each worker; the loops share a queue of numbered urls and stop at an error."""

import queue
from concurrent.futures import ThreadPoolExecutor


def fetch_all(urls, fetch, workers):
    jobs = queue.SimpleQueue()
    for numbered in enumerate(urls):
        jobs.put(numbered)
    pages = [None] * len(urls)

    def loop():
        while True:
            try:
                index, url = jobs.get_nowait()
            except queue.Empty:
                return
            pages[index] = fetch(url)

    with ThreadPoolExecutor(workers) as pool:
        loops = [pool.submit(loop) for _ in range(workers)]
    for ended in loops:
        ended.result()
    return pages
