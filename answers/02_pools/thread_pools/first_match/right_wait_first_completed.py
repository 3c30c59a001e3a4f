"""Waits for the next future to be done, again and again, with `wait`."""

from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait


def first_match(urls, fetch, wanted, workers):
    pool = ThreadPoolExecutor(workers)
    try:
        futures = {pool.submit(fetch, url): url for url in urls}
        running = set(futures)
        while running:
            done, running = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                if wanted(future.result()):
                    return futures[future]
        return None
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
