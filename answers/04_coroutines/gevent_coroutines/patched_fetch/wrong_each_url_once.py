"""Takes each url only once, however often it is given.

Misconception: nobody gives a url twice
Fails patched_fetch-other_urls: line 4 of the output is nothing more
"""

from gevent import monkey

monkey.patch_all()

import sys

import gevent
from world import fetch

greenlets = {url: gevent.spawn(fetch, url) for url in sys.argv[1:]}
gevent.joinall(greenlets.values(), raise_error=True)
for greenlet in greenlets.values():
    print(greenlet.value)
