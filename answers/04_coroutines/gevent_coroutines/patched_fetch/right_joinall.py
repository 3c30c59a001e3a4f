"""Patches in its first two lines, then imports the rest."""

from gevent import monkey

monkey.patch_all()

import sys

import gevent
from world import fetch

jobs = [gevent.spawn(fetch, url) for url in sys.argv[1:]]
gevent.joinall(jobs)
print(*[job.get() + "\n" for job in jobs], sep="", end="")
