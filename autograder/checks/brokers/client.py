"""Clients of the broker for student code: real ones, whose every exchange with the server is known to the run.

So a consumer can die right after any of its commands, a wait for the server is told from a wait for ever, and a loop
that asks again and again is seen. Imports redis, so it is imported only when there is a broker.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import redis
from redis.connection import Connection, UnixDomainSocketConnection

from autograder.checks.brokers.death import Death
from autograder.checks.brokers.server import SOCKET_SECONDS, Address
from autograder.checks.failure import failed
from autograder.checks.values import describe

if TYPE_CHECKING:
    from autograder.checks.brokers.broker import Broker

# Where the time-out stands among the arguments of a command that waits at the server.
# Source: the commands' pages at valkey.io/commands.
_WAITS_LAST = {"BLPOP", "BRPOP", "BLMOVE", "BRPOPLPUSH", "BZPOPMIN", "BZPOPMAX"}
_WAITS_FIRST = {"BLMPOP", "BZMPOP"}
_WAITS_BY_WORD = {"XREAD", "XREADGROUP"}
# What concerns others on the same server, or would take the client out of the test's own database.
_REFUSED = {"FLUSHALL", "SELECT", "SWAPDB", "MOVE", "SHUTDOWN", "CONFIG", "DEBUG", "REPLICAOF", "SLAVEOF", "ACL"}


class _Watched:
    """What both kinds of connections do besides what redis-py has them do."""

    def __init__(self, *arguments: Any, broker: Broker, death: Death | None = None, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._broker, self._death = broker, death
        self._greeting = False
        self._sent: list[tuple[Any, ...]] = []  # commands whose answers are still to come
        self._packed: list[tuple[Any, ...]] = []  # those of a pipeline, between packing and sending

    def on_connect_check_health(self, check_health: bool = True) -> None:
        self._greeting = True
        try:
            super().on_connect_check_health(check_health)
        finally:
            self._greeting = False

    def send_command(self, *command: Any, **options: Any) -> None:
        if not self._greeting:
            self._packed = [command]
        super().send_command(*command, **options)

    def pack_commands(self, commands: Iterable[tuple[Any, ...]]) -> Any:
        commands = list(commands)
        self._packed = commands
        return super().pack_commands(commands)

    def send_packed_command(self, command: Any, check_health: bool = True) -> None:
        if self._sock is None:
            self.connect()
        if self._greeting or not self._packed:
            return super().send_packed_command(command, check_health)
        commands, self._packed = self._packed, []
        if self._death is not None:
            if self._death.moment and commands[0][0] == "UNWATCH":
                raise redis.ConnectionError("the consumer is dead")  # redis-py sends it in a destructor
            self._death.check()
        for one in commands:
            if str(one[0]).split()[0].upper() in _REFUSED:
                raise failed(
                    _shown(one),
                    "a command that reaches beyond the test's own data",
                    "only commands on keys of your own",
                    "Which keys has this code made, and how can it delete just those?",
                )
        seconds = _patience(commands[0]) if len(commands) == 1 else None
        if seconds is not None:
            self._wait_at_server(seconds)
        self._sent = list(commands)
        super().send_packed_command(command, check_health)

    def read_response(self, *arguments: Any, **options: Any) -> Any:
        if self._greeting or not self._sent:
            return super().read_response(*arguments, **options)
        command, answer = self._sent.pop(0), None
        try:
            answer = super().read_response(*arguments, **options)
        except redis.ResponseError as error:
            answer = error
            raise
        finally:
            if self._arrived() and answer is None:
                self._broker.waited_in_vain.append(_shown(command))
            self._broker.exchanged(_shown(command), answer)
            if self._death is not None and not self._sent:
                self._death.step(f"right after {_shown(command)}")
        return answer

    def disconnect(self, *arguments: Any, **options: Any) -> None:
        self._sent = []
        super().disconnect(*arguments, **options)

    def _wait_at_server(self, seconds: float) -> None:
        """The next answer may take as long as it takes: from now on this thread waits for good, until it is there."""
        super().send_command("CLIENT", "ID")
        number = super().read_response()
        self._sock.settimeout(None)
        self._broker.waits(self, number, seconds)

    def _arrived(self) -> bool:
        """The answer is there; whether it could have taken its time."""
        waited = self._broker.waits_no_more(self)
        if waited and self._sock is not None:
            self._sock.settimeout(SOCKET_SECONDS)
        return waited


class _WatchedConnection(_Watched, Connection):
    pass


class _WatchedSocketConnection(_Watched, UnixDomainSocketConnection):
    pass


def make_client(broker: Broker, address: Address, number: int, death: Death | None, **options: Any) -> redis.Redis:
    """A client of the student's, on this database of that server; it dies when `death` says so."""
    made = redis.ConnectionPool.from_url(
        address.of_database(number), socket_timeout=SOCKET_SECONDS, broker=broker, death=death, **options
    )
    is_socket = issubclass(made.connection_class, UnixDomainSocketConnection)
    made.connection_class = _WatchedSocketConnection if is_socket else _WatchedConnection
    return redis.Redis(connection_pool=made)


def _patience(command: tuple[Any, ...]) -> float | None:
    """For how many seconds a command waits at the server, 0 for ever; None if it does not wait."""
    words = [word.decode() if isinstance(word, bytes) else str(word) for word in command]
    name = words[0].upper()
    try:
        if name in _WAITS_LAST:
            return float(words[-1])
        if name in _WAITS_FIRST:
            return float(words[1])
        if name in _WAITS_BY_WORD:
            return float(words[[word.upper() for word in words].index("BLOCK") + 1]) / 1000
    except (ValueError, IndexError):
        return None  # the server will say what is wrong with it
    return None


def _shown(command: tuple[Any, ...]) -> str:
    words = [word.decode(errors="replace") if isinstance(word, bytes) else word for word in command]
    return " ".join((str(words[0]), *map(describe, words[1:4]), *["..."] * (len(words) > 4)))
