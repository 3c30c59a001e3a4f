"""Asks the next one only when the last one has failed.

Misconception: M2
Fails first_ok-first: returned 'from slow'
Fails first_ok-at_once: one after the other: never more than 1 job was running
Fails first_ok-losers: returned after 20 s
Fails first_ok-time_over: the call raised while late was still running
Fails first_ok-all_failed: raised ConnectionError('west is down') after 6 s
"""

import gevent


def first_ok(fetchers, seconds):
    if not fetchers or seconds < 0:
        raise ValueError
    with gevent.Timeout(seconds):
        for fetcher in fetchers:
            try:
                return gevent.spawn(fetcher).get()
            except Exception as problem:
                error = problem
    raise error
