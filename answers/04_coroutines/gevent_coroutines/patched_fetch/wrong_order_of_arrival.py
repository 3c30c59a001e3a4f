"""Each greenlet prints its page when it has it.

Misconception: M6
Fails patched_fetch-pages: line 1 of the output is 'page c'
Fails patched_fetch-other_urls: line 1 of the output is 'first'
"""

from gevent import monkey

monkey.patch_all()

import sys

import gevent
from world import fetch

failed = []


def show(url):
    try:
        print(fetch(url))
    except Exception as error:
        failed.append(error)


gevent.joinall([gevent.spawn(show, url) for url in sys.argv[1:]])
if failed:
    raise failed[0]
