"""Celery on the test's broker: a task whose runs are known, and a worker whose clock stands where the test puts it.

The worker takes real messages and treats them by Celery's own strategy, requests and tracing; only its timer is the
test's, so that an ETA in an hour is reached at once, and by nothing but the test's word.
"""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from autograder.checks.brokers.server import SOCKET_SECONDS, open_database
from autograder.checks.values import plain

if TYPE_CHECKING:
    from autograder.checks.brokers.broker import Broker

# A moment that was given as a countdown begins when the call is made, so it comes out a little later than it was meant.
TOLERANCE = timedelta(minutes=1)
LATE = timedelta(seconds=1)  # by which a worker may begin with a task after its moment; before that it never does


def make_app(url: str) -> Any:
    """A Celery app on this broker, which also keeps the results. Its tasks are plain ones: no pickle, no cleverness."""
    from celery import Celery

    app = Celery("course", broker=url, backend=url, set_as_current=False)
    app.conf.update(
        broker_transport_options={"socket_timeout": SOCKET_SECONDS},
        redis_socket_timeout=SOCKET_SECONDS,
        result_backend_thread_safe=True,
        broker_connection_retry_on_startup=True,
        worker_hijack_root_logger=False,
        worker_redirect_stdouts=False,
    )
    return app


@contextmanager
def open_app() -> Iterator[Any]:
    """A Celery app on an empty broker, to try things out with for as long as a block lasts."""
    with open_database() as (address, number):
        app = make_app(address.of_celery(number))
        try:
            yield app
        finally:
            _close(app)


@contextmanager
def live_worker(app: Any) -> Iterator[Any]:
    """A worker in a thread of this process for as long as the block lasts, for lessons. It works in real time."""
    from celery.contrib.testing.worker import start_worker

    with start_worker(app, pool="solo", perform_ping_check=False, shutdown_timeout=30.0) as worker:
        yield worker


class Post:
    """Tasks, messages and the worker of one `Broker`."""

    def __init__(self, broker: Broker, url: str, admin: Any) -> None:
        self.app = make_app(url)
        self.app.AsyncResult = _result_class(self.app, broker)
        self._broker, self._admin = broker, admin
        self._taken: list[str] = []  # messages as they lay in the broker, raw
        self._later: list[Any] = []  # requests that wait for their time
        self._connection: Any = None

    def task(self, name: str, parameters: tuple[str, ...], once: bool) -> Any:
        """See `Broker.task`."""
        run = self._broker.job(name)
        kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
        signature = inspect.Signature([inspect.Parameter(parameter, kind) for parameter in ("self", *parameters)])

        def task(*arguments: Any, **named: Any) -> None:
            bound = signature.bind(*arguments, **named)
            key = f"autograder:done:{arguments[0].request.id}"
            if not once or self._admin.set(key, 1, nx=True):
                run(*plain(bound.args[1:]))

        task.__name__ = task.__qualname__ = name
        task.__signature__ = signature  # Celery refuses what does not fit already where the task is sent
        return self.app.task(bind=True, name=name, shared=False)(task)

    def work_until(self, when: datetime) -> None:
        """See `Broker.work_until`."""
        if when.tzinfo is None:
            raise ValueError("the worker's clock needs a time zone")
        self._take()
        due = [request for request in self._later if request.eta <= when + TOLERANCE]
        self._later = [request for request in self._later if request not in due]
        for request in sorted(due, key=lambda request: request.eta):
            if request.expires is not None and request.expires <= request.eta + LATE:
                self._broker.has_expired(f"{request.name}{request.argsrepr}")
                request.acknowledge()
            else:
                request.execute()

    def deliver_again(self) -> None:
        """See `Broker.deliver_again`."""
        for raw in self._taken.copy():
            self._admin.lpush(self.app.conf.task_default_queue, raw)

    def messages(self) -> list[dict[str, Any]]:
        """See `Broker.messages`."""
        waiting = [request.request_dict for request in self._later]
        for queue in self._queues():
            waiting += [json.loads(raw)["headers"] for raw in reversed(self._admin.lrange(queue, 0, -1))]
        return waiting

    def close(self) -> None:
        """Let go of all connections."""
        for request in self._later:
            request.acknowledge()
        if self._connection is not None:
            self._connection.close()
        _close(self.app)

    def _queues(self) -> list[str]:
        kept = self._admin.keys("*")
        return [key for key in kept if self._admin.type(key) == "list" and not key.startswith("autograder:")]

    def _take(self) -> None:
        """Take all messages out of the queue that a worker reads by default, as a worker does."""
        queue_name = self.app.conf.task_default_queue
        self._connection = self._connection or self.app.connection_for_read()
        queue = self.app.amqp.queues[queue_name](self._connection.default_channel)
        queue.declare()
        strategies = {name: task.start_strategy(self.app, self._consumer()) for name, task in self.app.tasks.items()}
        while raw := self._admin.lindex(queue_name, -1):
            self._taken.append(raw)
            message = queue.get(no_ack=False, accept=self.app.conf.accept_content)
            strategies[message.headers["task"]](message, None, message.ack_log_error, message.reject_log_error, [])

    def _consumer(self) -> Any:
        """What Celery's strategy needs of a worker."""
        from celery.concurrency.solo import TaskPool
        from celery.worker import state

        return SimpleNamespace(
            hostname="worker",
            connection_errors=(),
            event_dispatcher=None,
            disable_rate_limits=True,
            task_buckets={},
            pool=TaskPool(1, app=self.app),
            controller=SimpleNamespace(state=state),
            timer=SimpleNamespace(call_at=self._call_at),
            qos=SimpleNamespace(increment_eventually=lambda: None),
            apply_eta_task=None,
            on_task_request=lambda request: request.execute(),
            _limit_task=None,
            _limit_post_eta=None,
        )

    def _call_at(self, _eta: float, _function: Any, arguments: tuple[Any, ...], priority: int = 0) -> None:
        self._later.append(arguments[0])


def _close(app: Any) -> None:
    from kombu import pools

    app.backend.result_consumer.stop()
    app.backend.client.connection_pool.disconnect()
    # Celery keeps pools of connections by their address, for apps to come.
    for kept, pool in ((pools.producers, app.amqp.producer_pool), (pools.connections, app.pool)):
        pool.force_close_all()
        for address in [address for address, one in kept.items() if one is pool]:
            dict.__delitem__(kept, address)  # its own would take the key for an address
    app.close()


def _result_class(app: Any, broker: Broker) -> type:
    """Celery's AsyncResult for this app, which does not let the student's call wait for what is due later."""

    class AsyncResult(app.AsyncResult):
        def get(self, *arguments: Any, **named: Any) -> Any:
            broker.refuse_to_wait()
            return super().get(*arguments, **named)

        wait = get

        def __del__(self) -> None:
            pass  # Celery's own would talk with the broker, which may be gone by then

    return AsyncResult
