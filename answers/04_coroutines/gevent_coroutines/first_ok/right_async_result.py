"""The fetchers race for one AsyncResult; its `get` has a time-out of its own."""

from gevent.event import AsyncResult
from gevent.pool import Group


def first_ok(fetchers, seconds):
    if not fetchers or seconds < 0:
        raise ValueError("there must be somebody to ask, and some time")
    answer, group = AsyncResult(), Group()
    failed = []

    def race(fetcher):
        try:
            result = fetcher()
        except Exception as error:
            failed.append(error)
            if len(failed) == len(fetchers):
                answer.set_exception(error)
        else:
            if not answer.ready():
                answer.set(result)

    for fetcher in fetchers:
        group.spawn(race, fetcher)
    try:
        return answer.get(timeout=seconds)
    finally:
        group.kill()
