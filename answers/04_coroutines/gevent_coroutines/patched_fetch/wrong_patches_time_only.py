"""Patches the clock, and not the sockets at which fetch waits.

Misconception: to patch is to patch time.sleep
Fails patched_fetch-at_once: Which socket did world get hold of when it was imported?
Fails patched_fetch-patched_first: world was imported first, and got hold of the socket that blocks, and
"""

from gevent import monkey

monkey.patch_time()

import sys

import gevent
from world import fetch

greenlets = [gevent.spawn(fetch, url) for url in sys.argv[1:]]
gevent.joinall(greenlets, raise_error=True)
for greenlet in greenlets:
    print(greenlet.value)
