"""Tries a url once more that has failed.

Misconception: a second try is part of every fetch
Fails fetch_all-errors: How often is `fetch` called for a url
"""

from concurrent.futures import ThreadPoolExecutor


def fetch_all(urls, fetch, workers):
    def stubborn(url):
        try:
            return fetch(url)
        except Exception:
            return fetch(url)

    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(stubborn, urls))
