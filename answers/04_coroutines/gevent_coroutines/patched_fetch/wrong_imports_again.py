"""Imports its world, patches, and imports the same world once more.

Misconception: M32
Fails patched_fetch-patched_first: world was imported first, and got hold of the socket that blocks
"""

import importlib
import sys

import gevent
import world
from gevent import monkey

monkey.patch_all()
importlib.reload(world)

greenlets = [gevent.spawn(world.fetch, url) for url in sys.argv[1:]]
gevent.joinall(greenlets, raise_error=True)
for greenlet in greenlets:
    print(greenlet.get())
