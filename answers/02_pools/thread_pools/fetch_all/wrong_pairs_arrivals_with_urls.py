"""Pairs the urls, in their order, with the pages, in the order of their arrival.

Misconception: M6, M29
Fails fetch_all-in_order: returned ['page a', 'page d', 'page e', 'page f', 'page a', 'page b', 'page a']
"""

from concurrent.futures import ThreadPoolExecutor, as_completed


def fetch_all(urls, fetch, workers):
    with ThreadPoolExecutor(workers) as pool:
        arrivals = as_completed([pool.submit(fetch, url) for url in urls])
        pages = {url: arrival.result() for url, arrival in zip(urls, arrivals)}
    return [pages[url] for url in urls]
