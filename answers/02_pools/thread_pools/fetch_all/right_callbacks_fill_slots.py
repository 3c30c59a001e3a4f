"""Lets a callback of each future put the page into its place; the first error is raised after the block."""

import functools
from concurrent.futures import ThreadPoolExecutor


def fetch_all(urls, fetch, workers):
    pages = {}
    errors = []

    def arrived(index, future):
        if future.exception() is not None:
            errors.append(future.exception())
        else:
            pages[index] = future.result()

    with ThreadPoolExecutor(workers) as pool:
        for index, url in enumerate(urls):
            pool.submit(fetch, url).add_done_callback(functools.partial(arrived, index))
    if errors:
        raise errors[0]
    return [pages[index] for index in range(len(urls))]
