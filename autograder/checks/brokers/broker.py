"""What a test cell says of producers and consumers: their broker, their jobs, their deaths, and what must be true.

Each `Broker` has an empty database of its own on a real server.
"""

from __future__ import annotations

import math
import sys
import threading
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

from autograder.checks import quiet
from autograder.checks.brokers.death import Death, Killed
from autograder.checks.brokers.server import (
    SOCKET_SECONDS,
    connect,
    empty_database,
    find_server,
    return_database,
    take_database,
)
from autograder.checks.brokers.tasks import Post
from autograder.checks.failure import CheckFailed, failed
from autograder.checks.fence import Call, Run
from autograder.checks.places import student_line
from autograder.checks.values import describe, listed, plain, same

MOST_IN_VAIN = 2000  # answers that say "nothing there", one after the other, after which the code is spinning
VAIN = 20  # such answers, after which a code that also sleeps in between is spinning, if nothing else goes on
MOST_JOBS = 500  # jobs begun, after which the code counts as endless
MOST_TOLD = 14  # lines of what happened in a message
_ROUNDS = 1000  # looks at an answer that is on its way


class Broker(Run):
    """A run of student code with a broker of its own. Use it as a context manager.

    `client` and `job` make what the student's code gets, `start` makes a call; `deaths` kills consumers at each of
    their steps; `task`, `work_until` and `deliver_again` are for Celery. `url` and `celery_url` are the broker's
    addresses, for clients and apps that nobody watches. Raises CheckFailed when there is no server.
    """

    futile = math.inf  # a thread that asks the server again and again may well get on with its work
    reach = 2 * SOCKET_SECONDS  # and one that waits for its answer will get it

    def __init__(self) -> None:
        self._address = find_server()
        self._number = take_database(self._address)
        self._admin = connect(self._address, self._number)
        self.url = self._address.of_database(self._number)
        self.celery_url = self._address.of_celery(self._number)
        self.problem: CheckFailed | None = None  # the code asks for ever: nothing more comes of this run
        self.begun: list[Any] = []  # arguments of the jobs, in order
        self.done: list[Any] = []
        self._clients: list[Any] = []
        self._told: list[str] = []
        self._expired: list[str] = []  # tasks that a worker did not do any more
        self._in_vain = 0
        self._waiting: dict[Any, tuple[int, float]] = {}  # client number and seconds, by connection
        self.waited_in_vain: list[str] = []  # commands of the student's that waited at the server until their time-out
        self._death: Death | None = None
        self._post: Post | None = None
        super().__init__()

    # what the test hands to the student's code

    def client(self, death: Death | None = None, decode_responses: bool = True, **options: Any) -> Any:
        """A `redis.Redis` on this broker, with strings or (`decode_responses=False`) bytes; it dies with `death`."""
        from autograder.checks.brokers.client import make_client

        client = make_client(self, self._address, self._number, death, decode_responses=decode_responses, **options)
        client.plain_name = "client"
        self._clients.append(client)
        return client

    def job(self, name: str, results: Any = None, death: Death | None = None) -> Callable[..., Any]:
        """A function that answers from a table, and in whose middle a consumer may die.

        Parameters: `name`, as messages call it; `results`, the answer for each argument (for several arguments, the
        tuple of them), where an exception is raised instead and what is missing answers None.
        """

        def job(*arguments: Any, **named: Any) -> Any:
            key = plain(arguments[0] if len(arguments) == 1 and not named else (*arguments, *named.values()))
            shown = f"{name}({', '.join(map(describe, arguments))})"
            if death is not None:
                death.check()
            with self.changed:
                if self.closed:
                    raise SystemExit("the test is over")
                self.begun.append(key)
                self._told.append(f"  {shown}")
                self.progress()
            if len(self.begun) > MOST_JOBS:
                raise self._spins(f"{name} is called again and again: {MOST_JOBS} times so far")
            if death is not None:
                death.step(f"in the middle of {shown}", key)
            result = _look_up(results, key)
            if isinstance(result, BaseException):
                raise result
            with self.changed:
                self.done.append(key)
            return result

        job.__name__ = job.__qualname__ = name
        return job

    def deaths(self, most: int = 100) -> Iterator[Death]:
        """Moments to die at, one after the other, each with an empty broker, until a consumer outlives the last one.

        Give each to the client and the jobs of one consumer. Raises CheckFailed when there is no end of steps.
        """
        for number in range(1, most + 1):
            self._forget()
            death = self._death = Death(number)
            yield death
            if not death.moment:
                self._death = None
                return
        raise failed(
            self.shown(), f"still working after {most} steps", "a consumer that ends when the queue is empty", ""
        )

    def death_in(self, key: Any) -> Death:
        """The moment in the middle of the job with this argument; give it to the client and the job of a consumer."""
        return Death(key=key)

    def start(self, function: Any, *arguments: Any) -> BrokerCall:
        """Call a function of the student's (`student.NAME`) with these arguments in a thread of its own."""
        call = BrokerCall(self, function, arguments)
        call.shown = f"{call.name}({', '.join(map(_shown, arguments))})"
        self.calls.append(call)
        with self.changed:
            self._told.append(call.shown)
        self.own_thread(call._body, name=f"call of {call.name}")
        return call

    def task(self, name: str, *parameters: str, once: bool = True) -> Any:
        """A Celery task on this broker, to be called with plain arguments; a worker's run of it counts as a job.

        Parameters: `parameters`, the names of its parameters, in order; `once`, whether it does its work only once
        for each task id, as a message gateway does for the key that a request carries.
        """
        if self._post is None:
            self._post = Post(self, self.celery_url, self._admin)
        return self._post.task(name, parameters, once)

    # what the test then says

    def settle(self, until: Callable[[], bool] = lambda: False) -> None:
        """Wait until nothing more can happen by itself, or until `until` says that it is enough.

        A wait at the server that has an end ends as soon as everything else is quiet. Raises CheckFailed for code
        that goes on and on.
        """

        polls = quiet.Quiet()

        def enough() -> bool:
            if self._in_vain > VAIN and polls.seen():
                self._spins()
            return until() or self.problem is not None

        for _ in range(_ROUNDS):
            super().settle(enough)
            with self.changed:
                waiting = dict(self._waiting)
                if self.endless or self.closed or enough() or not waiting:
                    return
            numbers = [number for number, _ in waiting.values()]
            flags = {int(client["id"]): client["flags"] for client in self._admin.client_list(client_id=numbers)}
            if not all("b" in flags.get(number, "") for number in numbers):
                continue  # a command or its answer is on its way
            ends = [(seconds, number) for number, seconds in waiting.values() if seconds]
            if not ends:
                return
            self._admin.client_unblock(min(ends)[1], error=False)

    def work_until(self, when: datetime) -> None:
        """Let a Celery worker take all messages, and do what is due by that moment (with a time zone)."""
        self._deliver(lambda: self._post.work_until(when), f"a worker works until {when.isoformat(sep=' ')}")

    def deliver_again(self) -> None:
        """Let the broker deliver all messages once more that a worker has taken, as it may after a while."""
        self._deliver(lambda: self._post.deliver_again(), "the broker delivers again what it has delivered")

    def expect_done(self, *keys: Any, ask: str = "") -> None:
        """Exactly the jobs with these arguments have been done, each as often as named here. Raises CheckFailed."""
        self._expect_no_error("a call that works")
        done, expected = Counter(map(describe, self.done)), Counter(map(describe, keys))
        if done == expected:
            return
        seen = _counted(done)
        if self._expired:
            seen += f"; {self._expired[0]} had expired when the worker began with it"
            ask = "Until when is the message valid, and may the worker come a moment later?"
        raise failed(self.shown(), seen, _counted(expected), ask, self.picture())

    def expect_nothing_lost(
        self,
        *keys: Any,
        finished: Sequence[Any] | None = None,
        ask: str = "At which moment does the broker forget it, and what has been done by then?",
    ) -> None:
        """Each of the jobs with these arguments has been done at least once. Raises CheckFailed.

        Parameters: `finished`, what had been done (`done`) before the last consumer began. Of that, the last one may be
        done again, as its consumer may have died before the broker knew; nothing else may be done twice.
        """
        self._expect_no_error("what is taken but not finished is found again")
        if finished is not None:
            mine = self.done[len(finished) :]
            twice = [key for place, key in enumerate(mine) if any(same(key, other) for other in mine[:place])]
            again = [key for key in mine if any(same(key, other) for other in finished[:-1])]
            if twice or again:
                seen = f"{self._how_it_died()}{describe((twice or again)[0])} was finished, and worked on once more"
                ask = "In how many steps does it change its place, and what is there between two of them?"
                raise failed(self.shown(), seen, "what is finished is never taken again", ask, self.picture())
        lost = [key for key in keys if not any(same(key, done) for done in self.done)]
        if lost:
            seen = f"{self._how_it_died()}{describe(lost[0])} was never worked on to its end"
            raise failed(self.shown(), seen, "what is taken but not finished is found again", ask, self.picture())

    def _how_it_died(self) -> str:
        return f"the consumer died {self._death.moment}, and " if self._death and self._death.moment else ""

    def expect_empty(self, ask: str = "What is still kept, and for whom?") -> None:
        """Nothing is left in the broker. Raises CheckFailed naming the keys."""
        self.settle()
        if keys := self.keys():
            raise failed(self.shown(), f"left in the broker: {', '.join(keys)}", "an empty broker", ask, self.picture())

    def expect_no_wait(self, ask: str = "What would have to come, and who says that it will?") -> None:
        """No command so far has waited at the server for something that did not come. Raises CheckFailed."""
        self.settle()
        if self.waited_in_vain:
            seen = f"{self.waited_in_vain[0]} waited until its time-out, and nothing came"
            raise failed(self.shown(), seen, "a call that waits for nothing to come", ask, self.picture())

    def expect_list(self, *elements: str, ask: str = "Which command adds elements to a list?") -> None:
        """One list in the broker has exactly these elements, in this order or in reverse. Raises CheckFailed."""
        self._expect_no_error("what is produced is in the broker")
        expected, kept = list(elements), {}
        for key in self.keys():
            kind = self._admin.type(key)
            kept[key] = f"{key}, a {kind}" if kind != "list" else f"{key}, {describe(self._admin.lrange(key, 0, -1))}"
            if kind == "list" and self._admin.lrange(key, 0, -1) in (expected, expected[::-1]):
                return
        seen = f"in the broker: {'; '.join(kept.values()) or 'nothing'}"
        raise failed(self.shown(), seen, f"a list with the elements {describe(expected)}", ask, self.picture())

    def expect_async_result(self, call: BrokerCall, ask: str = "What does apply_async return?") -> str:
        """The call returned an AsyncResult; gives the task's id. Raises CheckFailed."""
        from celery.result import AsyncResult

        call.expect_end()
        if call.error is not None:
            raise call.failed_by_error("an AsyncResult")
        if not isinstance(call.value, AsyncResult):
            raise failed(call.shown, f"returned {describe(call.value)}", "an AsyncResult", ask)
        return call.value.id

    def expect_same_task(self, *calls: BrokerCall, ask: str = "Which id does each of the two results have?") -> None:
        """The calls returned AsyncResults of one and the same task. Raises CheckFailed."""
        ids = [self.expect_async_result(call) for call in calls]
        if len(set(ids)) > 1:
            seen = f"AsyncResults with the ids {listed(map(describe, ids))}"
            raise failed(self.shown(), seen, "AsyncResults of one and the same task", ask, self.picture())

    def keys(self) -> list[str]:
        """The keys in the broker, sorted, without the checks' own."""
        return sorted(key for key in self._admin.scan_iter() if not key.startswith(("autograder:", "_kombu")))

    def messages(self) -> list[dict[str, Any]]:
        """The Celery messages that wait in queues or for their time: their headers, in the order of sending."""
        return self._post.messages() if self._post is not None else []

    def expect_messages(self, number: int, ask: str = "") -> None:
        """This many Celery messages wait in queues or for their time. Raises CheckFailed."""
        self.settle()
        seen = len(self.messages())
        if seen != number:
            plural = "s" * (number != 1)
            raise failed(self.shown(), f"{seen} in the broker", f"{number} message{plural}", ask, self.picture())

    def shown(self) -> str:
        """The calls so far, as the student would write them."""
        return "; ".join(call.shown for call in self.calls[-3:])

    def picture(self) -> str:
        """What happened, in order, as a few lines of text."""
        told = self._told
        return "\n".join(f"  {line}" for line in (["..."] * (len(told) > MOST_TOLD) + told[-MOST_TOLD:]))

    def close(self) -> None:
        """Let go of all who wait at the server, give the database back, and fence off the rest."""
        if self.closed:
            return
        with self.changed:
            self.closed = True
            waiting = [number for number, _ in self._waiting.values()]
        for number in waiting:
            with suppress(Exception):
                self._admin.client_kill_filter(_id=number)
        super().close()
        for client in self._clients:
            client.connection_pool.disconnect()
        if self._post is not None:
            self._post.close()
        with suppress(Exception):
            return_database(self._address, self._number)
        self._admin.close()

    # for the worker

    def has_expired(self, task: str) -> None:
        """A worker began with this task when its message was not valid any more."""
        with self.changed:
            self._expired.append(task)
            self._told.append(f"  {task} had expired when the worker began with it")

    # for clients

    def exchanged(self, command: str, answer: Any) -> None:
        """A command of the student's was answered. Takes no lock: there may be thousands of these."""
        if self.closed:
            raise SystemExit("the test is over")
        self._told.append(f"  {command} -> {describe(answer)}")
        if answer in (None, 0, [], {}, b"", ""):
            self._in_vain += 1
        else:
            self._in_vain = 0
            self._progress += 1
        if self._in_vain > MOST_IN_VAIN:
            raise self._spins()

    def waits(self, connection: Any, number: int, seconds: float) -> None:
        """A command of the student's waits at the server from now on, for so many seconds or (0) for ever."""
        with self.changed:
            if self.closed:
                raise SystemExit("the test is over")
            self._waiting[connection] = (number, seconds)

    def waits_no_more(self, connection: Any) -> bool:
        """Whether the connection did wait; it does not any more."""
        with self.changed:
            return self._waiting.pop(connection, None) is not None

    def refuse_to_wait(self) -> None:
        """Called where a task's result would be waited for. Raises CheckFailed in a call of the student's."""
        if any(call.thread is threading.current_thread() for call in self.calls):
            line = student_line(traceback.walk_stack(sys._getframe(2)))
            self.problem = failed(
                self.shown(),
                "the call waits for the task's result" + (line and f" at {line}"),
                "a call that returns at once; the task is done by a worker, when its time has come",
                "What is in the broker at this moment, and who takes it out?",
            )
            raise self.problem

    # the machinery

    def _expect_no_error(self, expected: str) -> None:
        """All calls have ended as the test knows: returned, killed, or with an error that was asked for."""
        for call in self.calls:
            call.expect_end()
            if call.error is not None and not call.is_known and not isinstance(call.error, Killed):
                raise call.failed_by_error(expected)

    def _spins(self, seen: str = "the code asks the broker again and again, and there is nothing") -> CheckFailed:
        self.problem = failed(
            self.shown(),
            seen,
            "a call that ends when there is nothing left",
            "What tells this loop that it is over?",
            self.picture(),
        )
        return self.problem

    def _deliver(self, work: Callable[[], None], told: str) -> None:
        if self._post is None:
            raise ValueError("make a task first, with broker.task(NAME)")
        self.settle()
        with self.changed:
            self._told.append(told)
        call = Call(self, work, ())
        call.shown = self.shown()
        self.own_thread(call._body, name="worker")
        call.expect_end()
        if call.error is not None:
            raise call.failed_by_error("a worker can do the tasks in the broker")

    def _forget(self) -> None:
        empty_database(self._address, self._number)
        self.calls.clear()
        for kept in (self.begun, self.done, self._told, self._expired, self.waited_in_vain):
            kept.clear()


class BrokerCall(Call):
    """One call of student code with a broker. Made by `Broker.start`."""

    run: Broker
    is_known = False  # the test has asked for the error with which the call ended

    def expect_error(self, expected: BaseException | type[BaseException], ask: str = "") -> None:
        """The call raises this exception: of this class, or this very one. Raises CheckFailed if not."""
        super().expect_error(expected, ask)
        self.is_known = True

    def expect_end(self) -> None:
        """The call ends, one way or another; if it cannot, raises CheckFailed with who waits where."""
        self.run.settle(lambda: self.finished)
        if self.run.problem is not None:
            raise self.run.problem
        if not self.finished:
            super().expect_end()

    def failed_by_error(self, expected: str, ask: str = "") -> CheckFailed:
        if isinstance(self.error, Killed):
            return failed(self.shown, "was killed by the test", expected, ask, self.run.picture())
        return super().failed_by_error(expected, ask)

    def _body(self) -> None:
        super()._body()
        if isinstance(self.error, Killed):
            with self.run.changed:
                self.run._told.append(f"{self.shown} is killed")


def _shown(argument: Any) -> str:
    if isinstance(argument, datetime):
        return argument.isoformat(sep=" ", timespec="auto" if argument.second or argument.microsecond else "minutes")
    return getattr(argument, "plain_name", None) or describe(argument)


def _look_up(table: Any, key: Any) -> Any:
    if isinstance(table, Mapping):
        return next((value for known, value in table.items() if same(known, key)), None)
    return table


def _counted(keys: Counter[str]) -> str:
    parts = [f"{key}{f' {count} times' if count > 1 else ''}" for key, count in keys.items()]
    return (
        f"done: {', '.join(parts[:6])}{f' and {len(parts) - 6} more' if len(parts) > 6 else ''}"
        if parts
        else ("nothing was done")
    )
