"""Asks each future for its exception when all are done."""

from concurrent.futures import ThreadPoolExecutor, wait


def fetch_report(urls, fetch, workers):
    pages, errors = {}, {}
    with ThreadPoolExecutor(workers) as pool:
        futures = [pool.submit(fetch, url) for url in urls]
        wait(futures)
    for url, future in zip(urls, futures):
        error = future.exception()
        if error is None:
            pages[url] = future.result()
        else:
            errors[url] = error
    return pages, errors
