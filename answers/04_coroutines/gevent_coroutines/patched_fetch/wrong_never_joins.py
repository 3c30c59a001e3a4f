"""Spawns, and comes to its end before a greenlet has run.

Misconception: M33
Fails patched_fetch-pages: line 1 of the output is nothing more
Fails patched_fetch-at_once: the program has ended
Fails patched_fetch-errors: python patched_fetch.py a b c
Fails patched_fetch-other_urls: line 1 of the output is nothing more
"""

from gevent import monkey

monkey.patch_all()

import sys

import gevent
from world import fetch


def show(url):
    print(fetch(url))


for url in sys.argv[1:]:
    gevent.spawn(show, url)
