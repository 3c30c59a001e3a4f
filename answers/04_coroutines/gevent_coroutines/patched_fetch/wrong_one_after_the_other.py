"""Is patched, and then waits for each page.

Misconception: M2
Fails patched_fetch-at_once: only 1 at a time, one after the other: fetch('a'), and nothing else st
"""

from gevent import monkey

monkey.patch_all()

import sys

from world import fetch

for url in sys.argv[1:]:
    print(fetch(url))
