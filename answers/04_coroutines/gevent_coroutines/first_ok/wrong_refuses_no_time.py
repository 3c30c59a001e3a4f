"""Takes 0 seconds for a bad argument.

Misconception: 0 is below 0
Fails first_ok-time_over: Are 0 seconds a bad argument
"""

import gevent


def first_ok(fetchers, seconds):
    if not fetchers or seconds <= 0:
        raise ValueError("there must be a fetcher and some time")
    greenlets = [gevent.spawn(fetcher) for fetcher in fetchers]
    try:
        with gevent.Timeout(seconds):
            for greenlet in gevent.iwait(greenlets):
                if greenlet.successful():
                    return greenlet.value
        raise greenlet.exception
    finally:
        gevent.killall(greenlets)
