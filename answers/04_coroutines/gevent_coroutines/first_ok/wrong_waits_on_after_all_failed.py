"""Waits for a success that cannot come any more.

Misconception: M8
Fails first_ok-all_failed: gevent.Timeout (10 seconds) left the function
"""

import gevent
from gevent.event import AsyncResult


def first_ok(fetchers, seconds):
    if not fetchers or seconds < 0:
        raise ValueError
    answer = AsyncResult()

    def ask(fetcher):
        answer.set(fetcher())

    greenlets = [gevent.spawn(ask, fetcher) for fetcher in fetchers]
    try:
        return answer.get(timeout=seconds)
    finally:
        gevent.killall(greenlets)
