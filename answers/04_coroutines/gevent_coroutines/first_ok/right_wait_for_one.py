"""Waits again and again for one of those that are still running, and cancels the timer by hand."""

import gevent


def first_ok(fetchers, seconds):
    if len(fetchers) == 0 or seconds < 0:
        raise ValueError("bad arguments")
    running = {gevent.spawn(fetcher) for fetcher in fetchers}
    timer = gevent.Timeout.start_new(seconds)
    try:
        while True:
            for job in gevent.wait(list(running), count=1):
                if job.successful():
                    return job.value
                running.remove(job)
                if not running:
                    job.get()
    finally:
        timer.close()
        gevent.killall(list(running))
