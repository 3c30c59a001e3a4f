"""Raises an exception of its own when all have failed.

Misconception: the caller wants another exception
Fails first_ok-all_failed: raised RuntimeError('all have failed')
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
        raise RuntimeError("all have failed")
    finally:
        gevent.killall(greenlets)
