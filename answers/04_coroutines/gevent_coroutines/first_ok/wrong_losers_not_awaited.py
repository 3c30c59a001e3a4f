"""Tells the losers to end, and does not wait until they have.

Misconception: a greenlet that is told to end has ended
Fails first_ok-losers: the call returned while loser, another were still running
Fails first_ok-time_over: the call raised while silent was still running
"""

import gevent


def first_ok(fetchers, seconds):
    if not fetchers or seconds < 0:
        raise ValueError
    greenlets = [gevent.spawn(fetcher) for fetcher in fetchers]
    try:
        with gevent.Timeout(seconds):
            for greenlet in gevent.iwait(greenlets):
                if greenlet.successful():
                    return greenlet.value
        raise greenlet.exception
    finally:
        gevent.killall(greenlets, block=False)
