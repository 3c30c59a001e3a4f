"""Fetches level by level: one slow page keeps all links of the others waiting.

Misconception: a batch takes the place of a pool
Fails crawl-goes_on: Does anything keep the code from following the links of the others?
"""

from concurrent.futures import ThreadPoolExecutor


def crawl(start, fetch, links, workers):
    found, level = {start}, [start]
    with ThreadPoolExecutor(workers) as pool:
        while level:
            following = []
            for page in pool.map(fetch, level):
                for url in links(page):
                    if url not in found:
                        found.add(url)
                        following.append(url)
            level = following
    return found
