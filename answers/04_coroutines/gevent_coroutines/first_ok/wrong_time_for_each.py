"""Gives each look the whole time again.

Misconception: a time-out of each wait bounds them all
Fails first_ok-time_over: raised TimeoutError() after 4 s
"""

import gevent


def first_ok(fetchers, seconds):
    if not fetchers or seconds < 0:
        raise ValueError
    running = [gevent.spawn(fetcher) for fetcher in fetchers]
    try:
        while running:
            done = gevent.wait(running, timeout=seconds, count=1)
            if not done:
                raise TimeoutError
            for job in done:
                if job.successful():
                    return job.value
                running.remove(job)
        raise job.exception
    finally:
        gevent.killall(running)
