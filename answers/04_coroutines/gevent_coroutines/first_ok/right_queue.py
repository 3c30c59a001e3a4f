"""The greenlets put what became of them into a queue; what is missing in time makes a TimeoutError."""

import gevent
from gevent.queue import Empty, Queue


def first_ok(fetchers: list, seconds: float):
    if seconds < 0:
        raise ValueError(seconds)
    if not fetchers:
        raise ValueError("no fetchers")
    outcomes = Queue()

    def ask(fetcher):
        try:
            outcomes.put((True, fetcher()))
        except Exception as error:
            outcomes.put((False, error))

    asked = [gevent.spawn(ask, fetcher) for fetcher in fetchers]
    clock = gevent.Timeout(seconds, TimeoutError("nobody was fast enough"))
    clock.start()
    try:
        for _ in fetchers:
            good, outcome = outcomes.get()
            if good:
                return outcome
        raise outcome
    except Empty:
        raise TimeoutError from None
    finally:
        clock.cancel()
        gevent.killall(asked, block=True)
