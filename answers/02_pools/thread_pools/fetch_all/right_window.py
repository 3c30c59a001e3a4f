"""Keeps as many futures in flight as there are workers, and hands in the next url when one of them is done."""

from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from itertools import islice


def fetch_all(urls, fetch, workers):
    results = {}
    waiting = iter(enumerate(urls))
    with ThreadPoolExecutor(workers) as pool:
        running = {pool.submit(fetch, url): index for index, url in islice(waiting, workers)}
        while running:
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                results[running.pop(future)] = future.result()
            for index, url in islice(waiting, len(done)):
                running[pool.submit(fetch, url)] = index
    return [page for _, page in sorted(results.items())]
