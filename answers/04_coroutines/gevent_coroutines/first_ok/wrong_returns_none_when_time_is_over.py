"""Gives up in silence.

Misconception: a Timeout that is silent still reaches the caller
Fails first_ok-time_over: returned None
"""

import gevent


def first_ok(fetchers, seconds):
    if not fetchers or seconds < 0:
        raise ValueError
    greenlets = [gevent.spawn(fetcher) for fetcher in fetchers]
    error = None
    try:
        with gevent.Timeout(seconds, False):
            for greenlet in gevent.iwait(greenlets):
                if greenlet.successful():
                    return greenlet.value
                error = greenlet.exception
        if all(greenlet.ready() for greenlet in greenlets):
            raise error
    finally:
        gevent.killall(greenlets)
