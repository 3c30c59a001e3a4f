"""Patches and imports inside a function, where the order is plain to see."""

import sys


def main(urls):
    from gevent import monkey

    monkey.patch_all()
    from gevent.pool import Group
    from world import fetch

    for page in Group().map(fetch, urls):
        sys.stdout.write(f"{page}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
