"""Knows its urls already.

Misconception: the visible test is the whole task
Fails patched_fetch-at_once: only 3 at the same time: fetch('a'), fetch('b'), fetch('c')
Fails patched_fetch-other_urls: line 1 of the output is 'None'
"""

from gevent import monkey

monkey.patch_all()

import gevent
from world import fetch

greenlets = [gevent.spawn(fetch, url) for url in "abc"]
gevent.joinall(greenlets, raise_error=True)
for greenlet in greenlets:
    print(greenlet.value)
