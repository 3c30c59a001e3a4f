"""Looks now and then, and sleeps in between, so that no greenlet can run.

Misconception: M25
Fails first_ok-first: `time.sleep(0.1)` blocks
Fails first_ok-at_once: `time.sleep(0.1)` blocks
Fails first_ok-failures: `time.sleep(0.1)` blocks
Fails first_ok-any_result: `time.sleep(0.1)` blocks
Fails first_ok-losers: `time.sleep(0.1)` blocks
Fails first_ok-all_failed: `time.sleep(0.1)` blocks
"""

import time

import gevent


def first_ok(fetchers, seconds):
    if not fetchers or seconds < 0:
        raise ValueError
    greenlets = [gevent.spawn(fetcher) for fetcher in fetchers]
    deadline = time.monotonic() + seconds
    try:
        while time.monotonic() < deadline:
            for greenlet in greenlets:
                if greenlet.successful():
                    return greenlet.value
            time.sleep(0.1)
        raise TimeoutError
    finally:
        gevent.killall(greenlets)
