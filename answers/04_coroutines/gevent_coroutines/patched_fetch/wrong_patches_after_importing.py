"""Imports all that it needs, and patches then.

Misconception: M32
Fails patched_fetch-at_once: Which socket did world get hold of when it was imported?
Fails patched_fetch-patched_first: world was imported first, and got hold of the socket that blocks, then
"""

import sys

import gevent
from gevent import monkey
from world import fetch

monkey.patch_all()

greenlets = [gevent.spawn(fetch, url) for url in sys.argv[1:]]
gevent.joinall(greenlets, raise_error=True)
for greenlet in greenlets:
    print(greenlet.value)
