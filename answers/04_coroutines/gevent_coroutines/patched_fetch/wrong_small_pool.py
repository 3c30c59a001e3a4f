"""A pool of three.

Misconception: a pool has to be smaller than its work
Fails patched_fetch-at_once: How many workers does the pool have?
"""

from gevent import monkey

monkey.patch_all()

import sys

from gevent.pool import Pool
from world import fetch

for page in Pool(3).imap(fetch, sys.argv[1:]):
    print(page)
