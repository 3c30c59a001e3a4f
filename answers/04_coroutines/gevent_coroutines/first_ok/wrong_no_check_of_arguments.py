"""Leaves bad arguments to their fate.

Misconception: nobody calls a race without racers
Fails first_ok-arguments: raised UnboundLocalError("cannot access local variable 'greenlet' wher
"""

import gevent


def first_ok(fetchers, seconds):
    greenlets = [gevent.spawn(fetcher) for fetcher in fetchers]
    try:
        with gevent.Timeout(seconds):
            for greenlet in gevent.iwait(greenlets):
                if greenlet.successful():
                    return greenlet.value
        raise greenlet.exception
    finally:
        gevent.killall(greenlets)
