"""Has each job append its page to a shared list, which so gets the order of arrival; errors stay in the futures.

Misconception: M4, M6
Fails fetch_all-in_order: returned ['page c', 'page d', 'page e', 'page f', 'page a', 'page b', 'page a']
Fails fetch_all-errors: returned ['page d', 'page b', 'page a']
"""

from concurrent.futures import ThreadPoolExecutor


def fetch_all(urls, fetch, workers):
    pages = []
    with ThreadPoolExecutor(workers) as pool:
        for url in urls:
            pool.submit(lambda url=url: pages.append(fetch(url)))
    return pages
