"""Returns the first success and forgets the losers.

Misconception: M33
Fails first_ok-losers: the call returned while loser, another were still running
Fails first_ok-time_over: the call raised while late was still running
"""

import gevent


def first_ok(fetchers, seconds):
    if not fetchers or seconds < 0:
        raise ValueError
    greenlets = [gevent.spawn(fetcher) for fetcher in fetchers]
    with gevent.Timeout(seconds):
        for greenlet in gevent.iwait(greenlets):
            if greenlet.successful():
                return greenlet.value
    raise greenlet.exception
