"""Runs student code against a real message broker: a Valkey server, and Celery on top of it.

`Broker` is what test cells use; `server` starts the server (or finds that of `REDIS_URL`) and keeps tests apart on it,
`client` makes clients that can die in the middle (`death`), `tasks` is a Celery worker whose clock can be moved. The
libraries are imported with the first `Broker`.
"""

from autograder.checks.brokers.broker import Broker, BrokerCall
from autograder.checks.brokers.death import Death
from autograder.checks.brokers.tasks import live_worker, make_app

__all__ = ["Broker", "BrokerCall", "Death", "live_worker", "make_app"]
