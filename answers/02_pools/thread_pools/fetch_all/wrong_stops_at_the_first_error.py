"""Ends at the first error and returns the pages that came before it.

Misconception: M4
Fails fetch_all-errors: returned ['page a', 'page b']
"""

from concurrent.futures import ThreadPoolExecutor


def fetch_all(urls, fetch, workers):
    pages = []
    with ThreadPoolExecutor(workers) as pool:
        try:
            for page in pool.map(fetch, urls):
                pages.append(page)
        except Exception as error:
            print("failed:", error)
    return pages
