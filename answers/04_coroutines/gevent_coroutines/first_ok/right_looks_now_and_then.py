"""Looks ten times a second who has ended."""

import time

import gevent


def first_ok(fetchers, seconds):
    if not fetchers or seconds < 0:
        raise ValueError
    greenlets = [gevent.spawn(fetcher) for fetcher in fetchers]
    deadline = time.monotonic() + seconds
    try:
        while True:
            for greenlet in greenlets:
                if greenlet.successful():
                    return greenlet.value
            if all(greenlet.ready() for greenlet in greenlets):
                greenlets[0].get()
            if time.monotonic() >= deadline:
                raise TimeoutError
            gevent.sleep(0.1)
    finally:
        for greenlet in greenlets:
            greenlet.kill()
