"""Prints the pages as one list.

Misconception: a list prints as lines
Fails patched_fetch-pages: line 1 of the output is "['page a', 'page b', 'page c']"
Fails patched_fetch-other_urls: line 1 of the output is "['', 'first', 'grüße'
"""

from gevent import monkey

monkey.patch_all()

import sys

from gevent.pool import Group
from world import fetch

print(Group().map(fetch, sys.argv[1:]))
