"""Takes an empty result for none.

Misconception: a greenlet without a true value has failed
Fails first_ok-any_result: returned 'from late'
"""

import gevent


def first_ok(fetchers, seconds):
    if not fetchers or seconds < 0:
        raise ValueError
    greenlets = [gevent.spawn(fetcher) for fetcher in fetchers]
    try:
        with gevent.Timeout(seconds):
            for greenlet in gevent.iwait(greenlets):
                if greenlet.value:
                    return greenlet.value
        raise greenlet.exception
    finally:
        gevent.killall(greenlets)
