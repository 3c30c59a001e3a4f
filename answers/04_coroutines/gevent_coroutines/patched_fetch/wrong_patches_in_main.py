"""Patches when the program begins its work, long after the imports.

Misconception: M32
Fails patched_fetch-at_once: Which socket did world get hold of when it was imported?
Fails patched_fetch-patched_first: world was imported first, and got hold of the socket that blocks, then
"""

import sys

import world
from gevent import monkey
from gevent.pool import Group


def main():
    monkey.patch_all()
    for page in Group().imap(world.fetch, sys.argv[1:]):
        print(page)


if __name__ == "__main__":
    main()
