"""Runs student code against a real message broker: a Valkey server, and Celery on top of it.

`Broker` is what test cells use; `server` starts the server (or finds that of `REDIS_URL`) and keeps tests apart on it,
`client` makes clients that can die in the middle (`death`), `tasks` is a Celery worker whose clock can be moved. The
libraries are imported with the first `Broker`. `open_client` and `open_app` give a plain client and a plain Celery app
to try things out with.
"""

from autograder.checks.brokers.broker import Broker, BrokerCall
from autograder.checks.brokers.death import Death
from autograder.checks.brokers.server import open_client
from autograder.checks.brokers.tasks import live_worker, make_app, open_app

__all__ = ["Broker", "BrokerCall", "Death", "live_worker", "make_app", "open_app", "open_client"]
