"""Cleans up after an Exception, which a gevent.Timeout is not.

Misconception: gevent.Timeout is an Exception
Fails first_ok-time_over: the call raised while late was still running
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
                    result = greenlet.value
                    break
            else:
                raise greenlet.exception
    except Exception:
        gevent.killall(greenlets)
        raise
    gevent.killall(greenlets)
    return result
