"""Waits for all pages first and then looks for a match among them.

Misconception: M6
Fails first_match-first: returned 'a'
Fails first_match-cancels: 6 fetch jobs were started: fetch('a'), fetch('b'), fetch('c'), fetch('d'), fetch('e'), fet
Fails first_match-no_waiting: it waits while fetch('a')
"""

from concurrent.futures import ThreadPoolExecutor, wait


def first_match(urls, fetch, wanted, workers):
    with ThreadPoolExecutor(workers) as pool:
        futures = {pool.submit(fetch, url): url for url in urls}
        done, _ = wait(futures)
    matches = [url for future, url in futures.items() if future in done and wanted(future.result())]
    return matches[0] if matches else None
