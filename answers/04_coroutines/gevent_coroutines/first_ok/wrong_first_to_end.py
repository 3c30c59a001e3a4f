"""Takes the first that ends, whether it has succeeded or not.

Misconception: the first that ends has succeeded
Fails first_ok-at_once: raised OSError('bad is down')
Fails first_ok-failures: raised KeyError('a')
Fails first_ok-time_over: raised OSError('bad is down')
Fails first_ok-all_failed: raised ConnectionError('north is down')
"""

import gevent


def first_ok(fetchers, seconds):
    if not fetchers or seconds < 0:
        raise ValueError
    greenlets = [gevent.spawn(fetcher) for fetcher in fetchers]
    try:
        with gevent.Timeout(seconds):
            return next(iter(gevent.iwait(greenlets))).get()
    finally:
        gevent.killall(greenlets)
