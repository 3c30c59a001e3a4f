"""Waits for each page before it hands in the next one.

Misconception: M2
Fails crawl-at_once: only 1 at the same time
Fails crawl-goes_on: '/a' is not being worked on; fetch('/slow') is
"""

from collections import deque
from concurrent.futures import ThreadPoolExecutor


def crawl(start, fetch, links, workers):
    found, todo = {start}, deque([start])
    with ThreadPoolExecutor(workers) as pool:
        while todo:
            page = pool.submit(fetch, todo.popleft()).result()
            for url in links(page):
                if url not in found:
                    found.add(url)
                    todo.append(url)
    return found
