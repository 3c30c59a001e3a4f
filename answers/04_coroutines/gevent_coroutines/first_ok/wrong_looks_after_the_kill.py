"""Looks for a result when it has killed what was running, whether the time was over or not.

Misconception: a greenlet that is killed adds nothing any more
Fails first_ok-time_over: It returned when it was killed. Was that within the time?
"""

import gevent


def first_ok(fetchers, seconds):
    if not fetchers or seconds < 0:
        raise ValueError("there must be a fetcher, and seconds must be 0 or more")
    pages, errors = [], []

    def race(fetcher):
        try:
            pages.append(fetcher())
        except Exception as error:
            errors.append(error)

    greenlets = [gevent.spawn(race, fetcher) for fetcher in fetchers]
    try:
        for _ in gevent.iwait(greenlets, timeout=seconds):
            if pages:
                break
    finally:
        gevent.killall(greenlets)
    if pages:
        return pages[0]
    if len(errors) < len(fetchers):
        raise TimeoutError(f"no success within {seconds} s")
    raise errors[0]
