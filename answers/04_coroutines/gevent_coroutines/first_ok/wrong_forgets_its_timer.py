"""Starts a timer and never stops it, so that it would strike what the caller does next.

Misconception: a timer ends with its function
Fails first_ok-losers: the call returned and left a gevent.Timeout that would strike what run
Fails first_ok-all_failed: the call raised ConnectionError('south is down') and left a gevent.Tim
"""

import gevent


def first_ok(fetchers, seconds):
    if not fetchers or seconds < 0:
        raise ValueError
    gevent.Timeout(seconds).start()
    greenlets = [gevent.spawn(fetcher) for fetcher in fetchers]
    try:
        for greenlet in gevent.iwait(greenlets):
            if greenlet.successful():
                return greenlet.value
        raise greenlet.exception
    finally:
        gevent.killall(greenlets)
