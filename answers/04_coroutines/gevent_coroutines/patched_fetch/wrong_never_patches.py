"""Spawns greenlets that wait at plain sockets.

Misconception: M32, gevent patches by itself
Fails patched_fetch-at_once: Which socket did world get hold of when it was imported?
Fails patched_fetch-patched_first: world was imported first, and got hold of the socket that blocks, and
"""

import sys

import gevent
from world import fetch

greenlets = [gevent.spawn(fetch, url) for url in sys.argv[1:]]
gevent.joinall(greenlets, raise_error=True)
for greenlet in greenlets:
    print(greenlet.value)
