"""Looks at the greenlets in the order in which they end."""

import gevent


def first_ok(fetchers, seconds):
    if not fetchers:
        raise ValueError("nobody to ask")
    if seconds < 0:
        raise ValueError("less than no time")
    jobs = [gevent.spawn(fetcher) for fetcher in fetchers]
    error = None
    try:
        with gevent.Timeout(seconds):
            for job in gevent.iwait(jobs):
                if job.successful():
                    return job.get()
                error = job.exception
    finally:
        gevent.killall(jobs)
    raise error
