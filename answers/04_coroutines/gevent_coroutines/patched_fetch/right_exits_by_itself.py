"""Patches the sockets only, looks at each greenlet, and says the exit status itself."""

import sys

from gevent.monkey import patch_socket

patch_socket()

import gevent
from world import fetch


def ask(url):
    try:
        return fetch(url), None
    except Exception as error:
        return None, error


greenlets = [gevent.Greenlet.spawn(ask, url) for url in sys.argv[1:]]
gevent.wait(greenlets)
pages, errors = [], []
for greenlet in greenlets:
    page, error = greenlet.value
    pages.append(page)
    errors += [error] if error else []
if errors:
    print(*errors, sep="\n", file=sys.stderr)
    sys.exit(1)
for page in pages:
    print(page)
