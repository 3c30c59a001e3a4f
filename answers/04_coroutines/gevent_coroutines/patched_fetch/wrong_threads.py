"""Real threads, without any patching.

Misconception: M32, threads are as good as a patch
Fails patched_fetch-patched_first: world was imported first, and got hold of the socket that blocks, and
"""

import sys
from concurrent.futures import ThreadPoolExecutor

from world import fetch

urls = sys.argv[1:]
with ThreadPoolExecutor(len(urls) or 1) as pool:
    for page in pool.map(fetch, urls):
        print(page)
