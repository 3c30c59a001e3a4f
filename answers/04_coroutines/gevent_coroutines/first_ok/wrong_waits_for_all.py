"""Waits until all have ended, and takes the first of the list that succeeded.

Misconception: M6
Fails first_ok-first: returned 'from slow'
Fails first_ok-at_once: returned after 6 s
Fails first_ok-losers: returned after 30 s
"""

import gevent


def first_ok(fetchers, seconds):
    if not fetchers or seconds < 0:
        raise ValueError
    greenlets = [gevent.spawn(fetcher) for fetcher in fetchers]
    gevent.joinall(greenlets, timeout=seconds)
    winners = [greenlet.value for greenlet in greenlets if greenlet.successful()]
    late = not all(greenlet.ready() for greenlet in greenlets)
    gevent.killall(greenlets)
    if winners:
        return winners[0]
    if late:
        raise TimeoutError
    greenlets[0].get()
