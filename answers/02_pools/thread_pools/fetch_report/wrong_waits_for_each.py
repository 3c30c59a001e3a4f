"""Asks for the outcome of each job before it hands in the next one.

Misconception: M2
Fails fetch_report-at_once: one after the other: fetch('a'), and nothing else starts before it ends
"""

from concurrent.futures import ThreadPoolExecutor


def fetch_report(urls, fetch, workers):
    pages, errors = {}, {}
    with ThreadPoolExecutor(workers) as pool:
        for url in urls:
            future = pool.submit(fetch, url)
            try:
                pages[url] = future.result()
            except Exception as error:
                errors[url] = error
    return pages, errors
