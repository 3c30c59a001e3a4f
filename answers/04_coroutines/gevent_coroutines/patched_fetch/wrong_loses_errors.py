"""Prints what is there, and ends as if all were well.

Misconception: M4
Fails patched_fetch-errors: the program ended with status 0
"""

from gevent import monkey

monkey.patch_all()

import sys

import gevent
from world import fetch

greenlets = [gevent.spawn(fetch, url) for url in sys.argv[1:]]
gevent.joinall(greenlets)
for greenlet in greenlets:
    print(greenlet.value)
