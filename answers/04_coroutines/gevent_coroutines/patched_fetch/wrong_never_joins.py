"""Spawns, and comes to its end before a greenlet has run.

Misconception: M33
Fails patched_fetch-pages: line 1 of the output is nothing more: the program has ended, and never
Fails patched_fetch-at_once: the program has ended, and never called a function of world
Fails patched_fetch-errors: the program has ended, and never called a function of world
Fails patched_fetch-other_urls: line 1 of the output is nothing more: the program has ended, and never
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
