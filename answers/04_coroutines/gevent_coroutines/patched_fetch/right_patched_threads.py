"""Threads, which are greenlets once the modules have been patched."""

from gevent import monkey

monkey.patch_all()

import sys
from concurrent.futures import ThreadPoolExecutor

from world import fetch

urls = sys.argv[1:]
with ThreadPoolExecutor(len(urls) or 1) as pool:
    pages = list(pool.map(fetch, urls))
for page in pages:
    print(page)
