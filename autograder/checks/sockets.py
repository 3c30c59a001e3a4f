"""Clients for a server of the student's, over real sockets on loopback, and the knowledge that no byte is on its way.

A client never waits for a time: it looks for an answer until there is one, or until every thread of the run waits and
nothing is under way between the sockets, so that there will never be one.
"""

from __future__ import annotations

import bisect
import select
import socket
import struct
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from autograder.checks import quiet
from autograder.checks.failure import CheckFailed, failed
from autograder.checks.fence import Call, Run
from autograder.checks.student import Reference
from autograder.checks.values import describe

ADDRESSES = ("127.0.0.1", "::1")
ELSEWHERE = "127.0.0.2"  # another address of this computer, where the operating system has it
CONNECT_SECONDS = 5.0  # bounds a connection that the operating system neither makes nor refuses
LONGEST_REPLY = 80  # bytes that a message shows whole
ROUNDS = 50  # looks at bytes under way, lest some odd state of a connection keep a test for ever

# States of a connection in /proc/net/tcp in which the operating system itself still has something to do: opening, or
# waiting for the answer to a farewell. Source: the kernel's include/net/tcp_states.h.
_LISTENS = "0A"
_ON_THE_WAY = {"02", "03", "04", "09", "0B", "0C"}


def serve(run: Any, made: Call, ask: Callable[[Any], Call]) -> Server:
    """The server object that the call `made` makes, after its `start()` has ended well, added to `run.servers`.

    Parameters: `run`, whose `start` awaits or calls `start()` as it does everything; `ask`, as for `Server`.
    Raises CheckFailed if no object is made or it does not listen.
    """
    made.expect_end()
    if made.error is not None:
        raise made.failed_by_error("a server object")
    server = Server(run, made.value, made.name.removeprefix("the class "), ask)
    run.servers.append(server)
    started = run.start(server.start)
    started.expect_end()
    if started.error is not None:
        raise started.failed_by_error("the server listens")
    server.find_port()
    return server


class Server:
    """A server object of the student's, which has `start()`, `stop()` and `port`, and the clients that talk to it.

    Parameters: `run`, the run in which it lives; `made`, the object; `name`, that of its class; `ask`, which begins a
    call of a plain function in that run.
    """

    def __init__(self, run: Run, made: Any, name: str, ask: Callable[[Any], Call]) -> None:
        self.run, self.name, self._made, self._ask = run, name, made, ask
        self.start, self.stop = _Method(made, name, "start"), _Method(made, name, "stop")
        self.port = 0
        self.clients: list[Client] = []
        self.said: list[str] = []  # the conversation so far, for messages

    def find_port(self) -> int:
        """Ask the object for its port, once it listens. Raises CheckFailed if that is no port."""
        asked = self._ask(_Method(self._made, self.name, "port", is_method=False))
        asked.expect_end()
        if asked.error is not None:
            raise asked.failed_by_error("the number of the port at which the server listens")
        if type(asked.value) is not int or not 0 < asked.value < 65536:
            raise failed(
                f"{self.name}().port, after start()",
                f"the port is {describe(asked.value)}",
                "the number of the port at which the server listens",
                "Which port did the operating system choose for port 0, and who knows it?",
            )
        self.port = asked.value
        return self.port

    def connect(self) -> Client:
        """A new client, connected. Raises CheckFailed if nobody listens."""
        number, accepted = len(self.clients) + 1, True
        for address in ADDRESSES:
            try:
                client = Client(self, number, socket.create_connection((address, self.port), CONNECT_SECONDS))
            except TimeoutError:
                accepted = False
            except OSError:
                pass
            else:
                self.clients.append(client)
                self.said.append(f"{client} connects")
                return client
        seen = (
            f"is refused: nobody listens at port {self.port}" if accepted else "gets no connection: nobody accepts it"
        )
        question = "What listens at the port when start() has ended?" if accepted else "Who accepts, and how often?"
        raise self.failed(
            f"client {number} {seen}" + self.run.whereabouts(), "a server that accepts connections", question
        )

    def expect_refused(self, ask: str = "Who closes the socket that listens?") -> None:
        """Nobody listens any more: a new client is refused. Raises CheckFailed."""
        for address in ADDRESSES:
            with suppress(OSError):
                socket.create_connection((address, self.port), CONNECT_SECONDS).close()
                raise self.failed("a new client is still accepted", "a new client is refused", ask)

    def expect_port(self, port: int, ask: str = "What does the server do with the number that it is given?") -> None:
        """It listens at this port, which it was told. Raises CheckFailed."""
        if self.port != port:
            raise self.failed(f"the server listens at port {self.port}", f"a server that listens at port {port}", ask)

    def expect_local(self, ask: str = "Whose computers could connect to this server?") -> None:
        """Nobody listens at another address of this computer than that of loopback. Raises CheckFailed."""
        with suppress(OSError), socket.socket() as probe:
            probe.bind((ELSEWHERE, 0))  # else a connection might hang
            socket.create_connection((ELSEWHERE, self.port), CONNECT_SECONDS).close()
            seen = f"the server listens at {ELSEWHERE} too, as at any other address of this computer"
            raise self.failed(seen, f"a server that listens at {ADDRESSES[0]} only", ask)

    def failed(self, seen: str, expected: str, ask: str) -> CheckFailed:
        picture = "\n".join(f"  {line}" for line in self.said[-12:])
        return failed(f"a conversation with {self.name}", seen, expected, ask, picture)

    def close_clients(self) -> None:
        for client in self.clients:
            client.close()


class Client:
    """One client; made by `Server.connect`."""

    def __init__(self, server: Server, number: int, connection: socket.socket) -> None:
        self._server, self._number, self._socket = server, number, connection
        self._socket.setblocking(False)
        self._received = bytearray()
        self._unsent = memoryview(b"")  # waits until the server takes it
        self._ended = ""  # how the server ended the connection

    def __str__(self) -> str:
        return f"client {self._number}"

    def send(self, text: str) -> None:
        """Send this text, without a newline of its own. Raises CheckFailed if the server does not take it."""
        self._say(f"sends {describe(text)}")
        data = text.encode()
        while data:
            try:
                data = data[self._socket.send(data) :]
            except BlockingIOError:
                if not self._wait(self._can_send):
                    seen = f"the server reads nothing, and {len(data):,} bytes of {self} wait"
                    raise self._failed(seen, "a server that reads") from None
            except OSError:
                raise self._failed(f"the server has closed the connection of {self}", "a server that reads") from None

    def pour(self, text: str) -> None:
        """Send this text and read nothing meanwhile, as far as the server takes it; the rest goes out as it is read."""
        self._unsent = memoryview(text.encode())
        self._say(f"sends {len(self._unsent):,} bytes, and reads nothing meanwhile")
        for _ in range(ROUNDS):
            before = len(self._unsent)
            self._push()
            self._server.run.settle()
            if len(self._unsent) == before:
                break

    def expect_reply(self, text: str, ask: str = "Who serves this client while another one is silent?") -> None:
        """The next that comes back is exactly this text. Raises CheckFailed."""
        data = text.encode()
        self._wait(lambda: len(self._received) >= len(data))
        received = bytes(self._received[: len(data)])
        del self._received[: len(data)]
        if received != data:
            self._let_server_come_to_rest()
            seen, expected = _difference(received, data)
            seen = f"{self} received {seen}" + (f", and {self._ended}" if self._ended else "")
            raise self._failed(seen, expected, ask)
        self._say(f"receives {describe(text)}")

    def expect_closed(self, ask: str = "Who closes the connection, and when?") -> None:
        """The server closes the connection, and sends nothing more before. Raises CheckFailed."""
        if not self._wait(lambda: bool(self._ended)):
            raise self._failed(f"the connection of {self} stays open", "the server closes the connection", ask)
        if self._received:
            seen = f"{self} received {_text(bytes(self._received))} before the end"
            raise self._failed(seen, "the server closes the connection", ask)
        self._say("sees the end of the connection")

    def finish(self) -> None:
        """Say that nothing more will be sent, and go on listening."""
        self._say("sends no more")
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_WR)

    def break_off(self) -> None:
        """Leave without a farewell, as a computer does that is switched off: the server gets an error."""
        self._say("breaks the connection off")
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._socket.close()
        with suppress(CheckFailed):
            self._server.run.settle()

    def close(self) -> None:
        """Leave; safe to call twice."""
        if self._socket.fileno() >= 0:
            self._say("leaves")
            self._socket.close()

    def _say(self, what: str) -> None:
        self._server.said.append(f"{self} {what}")

    def _failed(self, seen: str, expected: str, ask: str = "Who reads from this client?") -> CheckFailed:
        self._let_server_come_to_rest()
        return self._server.failed(seen + self._server.run.whereabouts(), expected, ask)

    def _let_server_come_to_rest(self) -> None:
        # A message must not hang on how far the server has come by chance.
        with suppress(CheckFailed):
            self._server.run.settle()
        self._receive()

    def _wait(self, ready: Callable[[], bool]) -> bool:
        """Until it is ready, or the server has ended the connection, or nothing more can happen."""

        def enough() -> bool:
            self._receive()
            return ready() or bool(self._ended)

        for _ in range(ROUNDS):
            self._server.run.settle(enough)
            if enough() or still({self._server.port}):
                break
        return enough() and ready()

    def _push(self) -> None:
        with suppress(OSError):
            while self._unsent:
                self._unsent = self._unsent[self._socket.send(self._unsent) :]

    def _receive(self) -> None:
        self._push()
        while not self._ended:
            try:
                data = self._socket.recv(65536)
            except BlockingIOError:
                return
            except OSError:
                data, self._ended = b"", "the server has broken the connection off"
            self._received += data
            if not data:
                self._ended = self._ended or "the server has closed the connection"

    def _can_send(self) -> bool:
        return bool(select.select([], [self._socket], [], 0)[1])


class _Method(Reference):
    """Stands for an attribute of the student's object."""

    def __init__(self, made: Any, owner: str, name: str, is_method: bool = True) -> None:
        super().__init__(f"{owner}().{name}", type(made).__module__)
        self._made, self._owner, self._attribute, self._is_method = made, owner, name, is_method

    def get(self) -> Any:
        try:
            found = getattr(self._made, self._attribute)
        except AttributeError:
            kind = "method" if self._is_method else "attribute"
            raise failed(
                self.name,
                f"{self._owner} has no {kind} {self._attribute}",
                f"a {kind} {self._attribute}",
                "Is the name spelled as in the task?",
            ) from None
        return found if self._is_method else lambda: found


def _difference(received: bytes, expected: bytes) -> tuple[str, str]:
    """What was received and what was expected, in words; of long ones, that from their first difference on."""
    if len(expected) <= LONGEST_REPLY:
        return _text(received) if received else "nothing", _text(expected)
    if not received or expected.startswith(received):
        return f"{len(received):,} bytes and then nothing" if received else "nothing", f"{len(expected):,} bytes"
    at = bisect.bisect(range(len(received)), 0, key=lambda place: received[: place + 1] != expected[: place + 1])
    while at and expected[at] & 0xC0 == 0x80:
        at -= 1  # to the first byte of the character
    where = f"in the place of byte {at + 1:,} and those that follow"
    seen, wanted = (_text(data[at : at + LONGEST_REPLY]) for data in (received, expected))
    return f"{seen} {where}", wanted


def _text(data: bytes) -> str:
    return describe(data.decode(errors="replace"))


def still(ports: Iterable[int]) -> bool:
    """Whether every thread waits and nothing is under way from or to these ports, as far as that can be seen.

    To be asked when a run has settled: a thread that only polls, which it has found out by then, does not count.
    """
    look = quiet.Quiet(futile=0)
    look.seen()
    return not on_the_way(ports) and look.seen() is not False


def on_the_way(ports: Iterable[int]) -> bool:
    """Whether the operating system has anything to deliver from or to these ports; False where that is unknown.

    What is bound for somebody who has not even read what came before does not count: it changes nothing.
    """
    wanted = {f"{port:04X}" for port in ports}
    found = {}
    for table in ("tcp", "tcp6"):
        with suppress(OSError):
            for line in Path(f"/proc/self/net/{table}").read_text().splitlines()[1:]:
                _, local, remote, state, queues, *_ = line.split()
                if state != _LISTENS and wanted & {local.rpartition(":")[2], remote.rpartition(":")[2]}:
                    to_send, unread = (int(number, 16) for number in queues.split(":"))
                    found[local, remote] = to_send or state in _ON_THE_WAY, unread
    return any(busy and not found.get((to, of), (False, 0))[1] for (of, to), (busy, _) in found.items())
