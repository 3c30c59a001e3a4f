"""Returns the page that is wanted and not its url.

Misconception: the page stands for its url
Fails first_match-first: returned 'good'
Fails first_match-no_waiting: returned 'good'
Fails first_match-none: Who decides whether an empty page is wanted?
"""

from concurrent.futures import ThreadPoolExecutor, as_completed


def first_match(urls, fetch, wanted, workers):
    pool = ThreadPoolExecutor(workers)
    try:
        for future in as_completed([pool.submit(fetch, url) for url in urls]):
            page = future.result()
            if wanted(page):
                return page
        return None
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
