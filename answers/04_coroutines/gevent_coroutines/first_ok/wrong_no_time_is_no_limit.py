"""Sets a limit only if `seconds` counts as true, so that 0 seconds last for ever.

Misconception: 0 stands for nothing said
Fails first_ok-time_over: returned 'from late'
"""

import gevent


def first_ok(fetchers, seconds):
    if not fetchers or seconds < 0:
        raise ValueError("there must be a fetcher, and seconds must be 0 or more")
    greenlets = [gevent.spawn(fetcher) for fetcher in fetchers]
    limit = gevent.Timeout(seconds) if seconds else None
    try:
        if limit:
            limit.start()
        for greenlet in gevent.iwait(greenlets):
            if greenlet.successful():
                return greenlet.value
        raise greenlet.exception
    finally:
        if limit:
            limit.close()
        gevent.killall(greenlets)
