"""Takes the first success, then waits for the losers to end by themselves.

Misconception: losers have to be joined
Fails first_ok-at_once: returned after 6 s
Fails first_ok-losers: returned after 30 s
Fails first_ok-time_over: raised Timeout() after 6 s
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
        gevent.joinall(greenlets)
