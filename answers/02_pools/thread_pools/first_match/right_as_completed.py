"""Looks at the pages as they arrive and shuts the pool down without waiting."""

from concurrent.futures import ThreadPoolExecutor, as_completed


def first_match(urls, fetch, wanted, workers):
    executor = ThreadPoolExecutor(max_workers=workers)
    try:
        url_of = {}
        for url in urls:
            url_of[executor.submit(fetch, url)] = url
        for future in as_completed(url_of):
            if wanted(future.result()):
                return url_of[future]
    finally:
        executor.shutdown(wait=False, cancel_futures=True)
