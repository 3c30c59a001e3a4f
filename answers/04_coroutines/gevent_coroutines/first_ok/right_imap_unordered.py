"""A pool as large as the race gives the outcomes as they come; a timer strikes the caller."""

import gevent
from gevent.pool import Pool


def first_ok(fetchers, seconds):
    if not fetchers or seconds < 0:
        raise ValueError("nothing to do")

    def outcome(fetcher):
        try:
            return fetcher(), None
        except Exception as error:
            return None, error

    pool = Pool(len(fetchers))
    outcomes = pool.imap_unordered(outcome, fetchers)
    try:
        with gevent.Timeout(seconds):
            for result, error in outcomes:
                if error is None:
                    return result
        raise error
    finally:
        outcomes.kill()
        pool.kill()
