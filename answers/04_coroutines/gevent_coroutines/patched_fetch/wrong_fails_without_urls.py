"""Makes a pool as large as its work, even if there is none.

Misconception: a pool may be empty
Fails patched_fetch-other_urls: the program ended with status 1: ValueError: max_workers must be great
"""

from gevent import monkey

monkey.patch_all()

import sys
from concurrent.futures import ThreadPoolExecutor

from world import fetch

urls = sys.argv[1:]
with ThreadPoolExecutor(len(urls)) as pool:
    for page in pool.map(fetch, urls):
        print(page)
