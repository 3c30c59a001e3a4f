"""Servers on real sockets: clients of the checks see what is wrong without waiting for a time."""

import asyncio
import socket
import sys
import time
from contextlib import ExitStack, suppress

import pytest

from autograder.checks import CheckFailed
from autograder.checks.coroutines import Loop, drive
from autograder.checks.sockets import on_the_way


class Right:
    def __init__(self, port=0):
        self.port, self.tasks = port, set()

    async def start(self):
        self.server = await asyncio.start_server(self.handle, "127.0.0.1", self.port)
        self.port = self.server.sockets[0].getsockname()[1]

    async def handle(self, reader, writer):
        task = asyncio.current_task()
        self.tasks.add(task)
        try:
            while line := await reader.readline():
                writer.write(line)
                await writer.drain()
                if not self.server.is_serving():
                    break
        finally:
            self.tasks.discard(task)
            writer.close()

    async def stop(self):
        self.server.close()
        if self.tasks:
            await asyncio.wait(self.tasks)


class Polls(Right):
    async def stop(self):
        self.server.close()
        while self.tasks:
            await asyncio.sleep(0.05)


class OnAllAddresses(Right):
    async def start(self):
        self.server = await asyncio.start_server(self.handle, "localhost", self.port)
        self.port = self.server.sockets[0].getsockname()[1]


class DoesNotLookBack(Right):
    """Has a task that is told to end, and needs one more step for that."""

    async def start(self):
        await super().start()
        self.forever = asyncio.create_task(asyncio.Event().wait())

    async def stop(self):
        await super().stop()
        self.forever.cancel()


class GivesUpAfterAMinute(Right):
    async def handle(self, reader, writer):
        async with asyncio.timeout(60):
            await super().handle(reader, writer)


class Pauses(Right):
    async def handle(self, reader, writer):
        await asyncio.sleep(0.2)
        await super().handle(reader, writer)


class OneAtATime(Right):
    def __init__(self):
        super().__init__()
        self.lock = asyncio.Lock()

    async def handle(self, reader, writer):
        async with self.lock:
            await super().handle(reader, writer)


class Blocks(Right):
    async def handle(self, reader, writer):
        with socket.socket(fileno=socket.dup(writer.get_extra_info("socket").fileno())) as raw:
            raw.setblocking(True)
            while data := raw.recv(100):
                raw.sendall(data)


class Sleeps(Right):
    async def handle(self, reader, writer):
        time.sleep(0.2)
        await super().handle(reader, writer)


class Spins(Right):
    async def handle(self, reader, writer):
        while True:
            await asyncio.sleep(0)


class CutsOff(Right):
    async def stop(self):
        self.server.close()
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)


class DoesNotWait(Right):
    async def stop(self):
        self.server.close()


class GoesOnListening(Right):
    async def handle(self, reader, writer):
        while not (line := await reader.readline()).endswith(b"half a line\n") and line:
            writer.write(line)
        writer.write(line)
        writer.close()

    async def stop(self):
        while len(asyncio.all_tasks()) > 2:
            await asyncio.sleep(0.1)


class Shouts(Right):
    async def handle(self, reader, writer):
        writer.write((await reader.readline()).upper())
        writer.close()


class HasNoPort(Right):
    async def start(self):
        self.server = await asyncio.start_server(self.handle, "127.0.0.1", 0)


class HasNoStop(Right):
    @property
    def stop(self):
        raise AttributeError


class StartsPlainly(Right):
    def start(self):
        pass


class DoesNotListen(Right):
    async def start(self):
        with socket.create_server(("127.0.0.1", 0)) as server:
            self.port = server.getsockname()[1]


class Fails(Right):
    def __init__(self):
        raise OSError("no sockets today")


def check(kind):
    with Loop(sockets=True) as loop:
        server = loop.serve(kind)
        slow = server.connect()
        slow.send("half a li")
        quick = server.connect()
        quick.send("hello\n")
        quick.expect_reply("hello\n")
        quick.finish()
        quick.expect_closed()
        stop = loop.start(server.stop)
        stop.expect_running("What happens to the exchange with the slow client?")
        slow.send("ne\n")
        slow.expect_reply("half a line\n")
        slow.expect_closed()
        stop.expect_end()
        server.expect_refused()
        stop.expect_nothing_left()
        loop.expect_not_blocked()


@pytest.mark.parametrize("kind", [Right, Polls, OnAllAddresses, DoesNotLookBack, GivesUpAfterAMinute, Pauses])
def test_right_servers_pass(kind):
    check(kind)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (OneAtATime, ["client 2 received nothing", "a task waiting at line", "`async with self.lock:`"]),
        (Blocks, ["client 2 received nothing", "the event loop's thread is at line", "`while data := raw.recv(100):`"]),
        (Sleeps, ["`time.sleep(0.2)` blocks: it stopped the whole event loop for 0.2 s"]),
        (Spins, ["client 2 received nothing", "2 tasks waiting at line", "`await asyncio.sleep(0)`"]),
        (CutsOff, ["await CutsOff().stop()", "returned None", "What happens to the exchange with the slow client?"]),
        (DoesNotWait, ["await DoesNotWait().stop()", "returned None", "left behind: a task"]),
        (GoesOnListening, ["a new client is still accepted"]),
        (Shouts, ["client 2 received 'HELLO\\n', and the server has closed the connection"]),
        (HasNoPort, ["the port is 0", "after start()"]),
        (HasNoStop, ["HasNoStop has no method stop"]),
        (StartsPlainly, ["StartsPlainly().start is not a coroutine function"]),
        (DoesNotListen, ["client 1 is refused: nobody listens at port"]),
        (Fails, ["raised OSError('no sockets today')"]),
    ],
)
def test_what_is_wrong_with_a_server_is_named(kind, words):
    with pytest.raises(CheckFailed) as caught:
        check(kind)
    for part in words:
        assert part in str(caught.value)
    check(Right)


class ListensToAll(Right):
    async def start(self):
        self.server = await asyncio.start_server(self.handle, "0.0.0.0", 0)
        self.port = self.server.sockets[0].getsockname()[1]


def test_the_address_and_the_port_are_looked_at():
    with Loop(sockets=True) as loop:
        server = loop.serve(Right)
        server.expect_local()
        server.expect_port(server.port)
        with pytest.raises(CheckFailed, match=f"listens at port {server.port}\n(.|\n)*that listens at port 80\n"):
            server.expect_port(80)
        with pytest.raises(CheckFailed, match=r"listens at 127\.0\.0\.2 too"):
            loop.serve(ListensToAll).expect_local()


def test_time_goes_by_as_far_as_the_test_allows():
    class EndsAfterAMinute(Right):
        async def stop(self):
            await asyncio.sleep(60)
            await CutsOff.stop(self)

    with Loop(sockets=True) as loop:
        server = loop.serve(EndsAfterAMinute)
        server.connect().send("half a li")
        stop = loop.start(server.stop)
        stop.expect_running()
        loop.settle(horizon=59)
        stop.expect_running()
        loop.settle(horizon=61)
        with pytest.raises(CheckFailed, match="returned None") as caught:
            stop.expect_running()
        assert "swallowed" not in str(caught.value)


def test_a_failed_conversation_is_shown():
    with pytest.raises(CheckFailed) as caught:
        check(OneAtATime)
    assert str(caught.value).endswith(
        "\n\n  client 1 connects\n  client 1 sends 'half a li'\n  client 2 connects\n  client 2 sends 'hello\\n'"
    )


def test_a_server_that_reads_nothing_is_named_when_its_buffers_are_full():
    class ReadsNothing(Right):
        async def handle(self, reader, writer):
            self.writer = writer
            writer.transport.pause_reading()
            await asyncio.Event().wait()

    with Loop(sockets=True) as loop:
        client = loop.serve(ReadsNothing).connect()
        with pytest.raises(CheckFailed, match="the server reads nothing"):
            client.send("x" * 50_000_000)


def test_a_long_conversation_is_not_taken_for_spinning(monkeypatch):
    monkeypatch.setattr(drive, "ROUNDS", 50)
    with Loop(sockets=True) as loop:
        client = loop.serve(Right).connect()
        for number in range(60):
            client.send(f"{number}\n")
            client.expect_reply(f"{number}\n")


def test_many_clients_at_once_get_their_own_answers():
    with Loop(sockets=True) as loop:
        server = loop.serve(Right)
        clients = [server.connect() for _ in range(20)]
        for number, client in enumerate(clients):
            client.send(f"line {number}\n" * 50)
        for number, client in reversed(list(enumerate(clients))):
            client.expect_reply(f"line {number}\n" * 50)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux tells")
def test_what_is_under_way_between_sockets_is_seen():
    with ExitStack() as stack:
        server = stack.enter_context(socket.create_server(("127.0.0.1", 0), backlog=0))
        port = server.getsockname()[1]
        client = stack.enter_context(socket.create_connection(server.getsockname()))
        accepted = stack.enter_context(server.accept()[0])
        assert not on_the_way({port})
        client.setblocking(False)
        with suppress(BlockingIOError):
            while True:
                client.send(b"x" * 1_000_000)
        assert not on_the_way({port}), "nobody reads: more of the same changes nothing"
        for _ in range(5):  # more than may wait to be accepted: the last ones go on knocking
            knocking = stack.enter_context(socket.socket())
            knocking.setblocking(False)
            knocking.connect_ex(server.getsockname())
        assert on_the_way({port})
        assert not on_the_way({port + 1})
        accepted.close()
