"""Takes a bad number of workers for 1.

Misconception: a bad argument is repaired in silence
Fails fetch_report-arguments: started: 'a'
"""

from concurrent.futures import ThreadPoolExecutor


def fetch_report(urls, fetch, workers):
    with ThreadPoolExecutor(workers if workers > 0 else 1) as pool:
        futures = {url: pool.submit(fetch, url) for url in urls}
    errors = {url: future.exception() for url, future in futures.items() if future.exception()}
    return {url: future.result() for url, future in futures.items() if url not in errors}, errors
