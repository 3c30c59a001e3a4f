"""Collects results until there is one, kills the losers, and returns the last of the results.

Misconception: a greenlet that is killed adds nothing any more
Fails first_ok-losers: 'what was there when it was killed'
"""

import gevent
from gevent.event import Event


def first_ok(fetchers, seconds):
    if not fetchers or seconds < 0:
        raise ValueError("there must be a fetcher, and seconds must be 0 or more")
    pages, errors, over = [], [], Event()

    def race(fetcher):
        try:
            pages.append(fetcher())
        except Exception as error:
            errors.append(error)
        if pages or len(errors) == len(fetchers):
            over.set()

    greenlets = [gevent.spawn(race, fetcher) for fetcher in fetchers]
    try:
        in_time = over.wait(seconds)
    finally:
        gevent.killall(greenlets)
    if not in_time:
        raise TimeoutError(f"no success within {seconds} s")
    if not pages:
        raise errors[0]
    return pages[-1]
