"""Joins the pages by newlines, and prints the result even if there is none.

Misconception: to print nothing is to print an empty text
Fails patched_fetch-other_urls: line 1 of the output is ''
"""

from gevent import monkey

monkey.patch_all()

import sys

from gevent.pool import Group
from world import fetch

print("\n".join(Group().map(fetch, sys.argv[1:])))
