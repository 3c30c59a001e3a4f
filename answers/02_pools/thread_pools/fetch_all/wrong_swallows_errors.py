"""Has `None` in the place of a page that could not be fetched.

Misconception: M4
Fails fetch_all-errors: returned ['page a', 'page b', None, 'page d']
"""

from concurrent.futures import ThreadPoolExecutor


def fetch_all(urls, fetch, workers):
    def try_fetch(url):
        try:
            return fetch(url)
        except:
            pass

    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(try_fetch, urls))
