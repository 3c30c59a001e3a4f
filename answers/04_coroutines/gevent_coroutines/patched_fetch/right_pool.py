"""A pool gives the pages in their order while they arrive."""

import gevent.monkey

gevent.monkey.patch_all()

import sys

import world
from gevent.pool import Pool

if __name__ == "__main__":
    urls = sys.argv[1:]
    if urls:
        for page in Pool(len(urls)).imap(world.fetch, urls):
            print(page, flush=True)
