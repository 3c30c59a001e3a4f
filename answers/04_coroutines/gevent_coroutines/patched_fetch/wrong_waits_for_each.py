"""Spawns, and waits in the same line.

Misconception: M2
Fails patched_fetch-at_once: Does the code wait for a result before all the jobs are handed over?
"""

from gevent import monkey

monkey.patch_all()

import sys

import gevent
from world import fetch

for page in [gevent.spawn(fetch, url).get() for url in sys.argv[1:]]:
    print(page)
