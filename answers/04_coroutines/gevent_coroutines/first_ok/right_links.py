"""Callbacks report to the caller's event; the caller waits for it, at most so long."""

import gevent
from gevent.event import Event


class Race:
    def __init__(self, fetchers):
        self.over = Event()
        self.winner = self.error = None
        self.jobs = [gevent.Greenlet(fetcher) for fetcher in fetchers]
        self.running = len(self.jobs)

    def __enter__(self):
        for job in self.jobs:
            job.link_value(self.won)
            job.link_exception(self.lost)
            job.start()
        return self

    def __exit__(self, *_):
        for job in self.jobs:
            job.unlink_all()
        gevent.killall(self.jobs)

    def won(self, job):
        if self.winner is None:
            self.winner = job
            self.over.set()

    def lost(self, job):
        self.running -= 1
        self.error = job.exception
        if not self.running:
            self.over.set()


def first_ok(fetchers, seconds):
    if seconds < 0 or not fetchers:
        raise ValueError
    with Race(fetchers) as race:
        if not race.over.wait(seconds):
            raise TimeoutError(f"no answer within {seconds} s")
        if race.winner is None:
            raise race.error
        return race.winner.value
