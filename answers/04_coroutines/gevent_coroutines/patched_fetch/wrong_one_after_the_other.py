"""Is patched, and then waits for each page.

Misconception: M2
Fails patched_fetch-at_once: Does the code wait for a result before all the jobs are handed over?
"""

from gevent import monkey

monkey.patch_all()

import sys

from world import fetch

for url in sys.argv[1:]:
    print(fetch(url))
