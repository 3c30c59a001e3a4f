"""Forgets the time.

Misconception: the fetchers end by themselves
Fails first_ok-time_over: returned 'from late'
"""

import gevent


def first_ok(fetchers, seconds):
    if not fetchers or seconds < 0:
        raise ValueError
    greenlets = [gevent.spawn(fetcher) for fetcher in fetchers]
    try:
        for greenlet in gevent.iwait(greenlets):
            if greenlet.successful():
                return greenlet.value
        raise greenlet.exception
    finally:
        gevent.killall(greenlets)
