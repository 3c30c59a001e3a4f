"""Makes as many threads as there are urls.

Misconception: leaves the number of workers out of account
Fails fetch_report-at_once: 5 at the same time: fetch('a'), fetch('b'), fetch('c'), fetch('d'), fetch('e')
"""

from concurrent.futures import ThreadPoolExecutor


def fetch_report(urls, fetch, workers):
    if workers < 1:
        raise ValueError("workers must be at least 1")
    with ThreadPoolExecutor(len(urls) or 1) as pool:
        futures = {url: pool.submit(fetch, url) for url in urls}
    errors = {url: future.exception() for url, future in futures.items() if future.exception()}
    return {url: future.result() for url, future in futures.items() if url not in errors}, errors
