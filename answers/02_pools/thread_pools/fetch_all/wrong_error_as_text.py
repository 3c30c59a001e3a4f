"""Has the text of the exception in the place of a page that could not be fetched.

Misconception: M4
Fails fetch_all-errors: returned ['page a', 'page b', 'c is down', 'page d']
"""

from concurrent.futures import ThreadPoolExecutor


def fetch_all(urls, fetch, workers):
    with ThreadPoolExecutor(workers) as pool:
        futures = [pool.submit(fetch, url) for url in urls]
    pages = []
    for future in futures:
        try:
            pages.append(future.result())
        except Exception as error:
            pages.append(str(error))
    return pages
