"""Spawns, and waits in the same line.

Misconception: M2
Fails patched_fetch-at_once: only 1 at a time, one after the other: fetch('a'), and nothing else st
"""

from gevent import monkey

monkey.patch_all()

import sys

import gevent
from world import fetch

for page in [gevent.spawn(fetch, url).get() for url in sys.argv[1:]]:
    print(page)
