"""Catches everything, and so answers a bad number of workers with an empty report.

Misconception: every exception belongs into the report
Fails fetch_report-arguments: returned ({}, {})
"""

from concurrent.futures import ThreadPoolExecutor


def fetch_report(urls, fetch, workers):
    pages, errors = {}, {}
    try:
        with ThreadPoolExecutor(workers) as pool:
            futures = {url: pool.submit(fetch, url) for url in urls}
        for url, future in futures.items():
            if future.exception():
                errors[url] = future.exception()
            else:
                pages[url] = future.result()
    except Exception as error:
        print("something went wrong:", error)
    return pages, errors
