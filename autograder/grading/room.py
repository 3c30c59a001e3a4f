"""A room in which notebooks run, one after the other, each in a fresh interpreter; this is the side of the grader.

The room is a process (`autograder.grading.zygote`) that forks the interpreters. The grader hands each of them four
pipes: commands in, messages out, and what is written to descriptors 1 and 2. It waits for events only: a message,
a death, the end of the time that a cell may take.
"""

from __future__ import annotations

import base64
import contextlib
import json
import os
import secrets
import select
import selectors
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from autograder.grading import sandbox
from autograder.grading.frames import BrokenFrame, Unpacker, pack

START_SECONDS = 60
INTERRUPT_SECONDS = 1
PIECE = 65_536  # bytes
MOST_BYTES = 100_000_000  # that a cell may send; who prints more prints without an end


class RoomError(RuntimeError):
    """The room itself failed; says nothing about the notebook."""


class RoomStartError(RoomError):
    """No room could be made at all."""


@dataclass(frozen=True)
class End:
    """How a cell ended: what the interpreter says of it, or why there is no interpreter any more.

    `broken` is whether that is because somebody spoke in the interpreter's place.
    """

    said: dict[str, Any] | None
    why: str = ""
    timed_out: bool = False
    broken: bool = False


class Room:
    """One interpreter at a time, each a fresh one.

    Use as a context manager: at the end everything in the room is killed. Parameters: `sealed`, whether it is a
    sandbox. Raises RoomError where it cannot be made; UserError where no sandbox can be.
    """

    def __init__(self, *, sealed: bool = False) -> None:
        start = [sys.executable, "-m", "autograder.grading.zygote"]
        self._base = tempfile.mkdtemp(prefix="room-")
        self._log = tempfile.TemporaryFile()  # noqa: SIM115 - closed by close()
        ours, theirs = socket.socketpair()
        with theirs:
            number = str(theirs.fileno())
            self._process = subprocess.Popen(
                sandbox.command([*start, number, "/tmp", str(sandbox.next_user())])
                if sealed
                else [*start, number, self._base],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=self._log,
                stderr=self._log,
                start_new_session=True,
            )
        self._control, self._unread, self._heard = ours, b"", []
        self._interpreter: _Pipes | None = None
        try:
            self._expect("ready")
        except RoomError as error:
            self.close()
            raise RoomStartError(str(error)) from None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Kill everything in the room and remove what it left."""
        self._leave_interpreter()
        self._control.close()  # the zygote sweeps, and ends
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(START_SECONDS)
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()
        self._log.close()
        shutil.rmtree(self._base, ignore_errors=True)

    def enter(self, files: Mapping[str, bytes]) -> None:
        """Begin with a fresh interpreter, whose working folder holds these files, named by relative paths."""
        self.sweep()
        ours, theirs = [], []
        for ours_reads in (False, True, True, True):
            read, write = os.pipe()
            ours.append(read if ours_reads else write)
            theirs.append(write if ours_reads else read)
        try:
            self._tell({"do": "fork"}, theirs)
        finally:
            for descriptor in theirs:
                os.close(descriptor)
        self._interpreter = _Pipes(*ours)
        self._heard.clear()
        if files:
            coded = {name: base64.b64encode(content).decode() for name, content in files.items()}
            self._interpreter.command({"do": "write", "files": coded})

    def run(
        self,
        name: str,
        source: str,
        seconds: float,
        hear: Callable[[str, dict[str, Any]], None],
        *,
        test: bool = False,
    ) -> End:
        """Run one cell; `hear(type, content)` is called for each message that a kernel would publish.

        Parameters: `name`, that of the cell; `seconds` that it may take. It is interrupted then, and whether that
        ends it or not, the interpreter is to be left: enter again. `test`, whether it is a test cell, whose text is
        kept out of the history of inputs.
        """
        pipes = self._interpreter
        assert pipes is not None
        try:
            pipes.command({"do": "run", "id": name, "source": source, "word": pipes.new_word(), "test": test})
            end = self._wait(pipes, name, seconds, hear)
            if end is None:
                self._tell({"do": "signal", "number": signal.SIGINT})
                late = self._wait(pipes, name, INTERRUPT_SECONDS, hear)
                end = End(late.said if late else None, f"not done after {seconds:g} s", timed_out=True)
        except BrokenFrame as error:
            end = End(None, f"the interpreter sent what no kernel sends: {error}", broken=True)
        except BrokenPipeError:
            self._listen(0)
            end = End(None, self._death() or "the interpreter has closed its pipe")
        return end

    def sweep(self) -> None:
        """End the interpreter and everything that its notebook started; its working folder goes too."""
        if self._interpreter:
            self._leave_interpreter()
            self._tell({"do": "sweep"})

    def _leave_interpreter(self) -> None:
        if self._interpreter:
            self._interpreter.close()
            self._interpreter = None

    def _wait(
        self, pipes: _Pipes, name: str, seconds: float, hear: Callable[[str, dict[str, Any]], None]
    ) -> End | None:
        """Listen until the cell is done or its interpreter dead; None when the time is over."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            messages = self._hear(pipes, left)
            if pipes.sent > MOST_BYTES:
                return End(None, f"it printed more than {MOST_BYTES:,} bytes")
            for number, (kind, content) in enumerate(messages, 1):
                if kind == "done":
                    if content.get("word") != pipes.word:
                        raise BrokenFrame("the end of a cell that does not run")
                    pipes.later = messages[number:]
                    for printed in pipes.printed():
                        hear(*printed)
                    return End(content)
                hear(kind, content)
            if why := self._death():
                return End(None, why)
            if not pipes.can_speak:  # it has ended, which is told soon, or has closed what it could speak by
                self._listen(INTERRUPT_SECONDS)
                return End(None, self._death() or "it has closed its pipes")
        return None

    def _hear(self, pipes: _Pipes, seconds: float) -> list[tuple[str, dict[str, Any]]]:
        """Wait for the next event; the messages that came with it."""
        with selectors.DefaultSelector() as selector:
            for each in (self._control, *pipes.open_ones):
                selector.register(each, selectors.EVENT_READ)
            ready = {key.fileobj for key, _ in selector.select(seconds)}
        messages = [*pipes.printed(), *pipes.messages()]
        if self._control in ready:
            self._listen(0)
        return messages

    def _death(self) -> str:
        return next((each["ended"] for each in self._heard if "ended" in each), "")

    def _tell(self, command: dict[str, Any], descriptors: list[int] | None = None) -> None:
        try:
            socket.send_fds(self._control, [json.dumps(command).encode()], descriptors or [])
        except OSError as error:
            raise RoomError(f"the room is gone: {self._last_words()}") from error
        self._expect({"fork": "forked", "signal": "signalled", "sweep": "swept"}[command["do"]])

    def _expect(self, word: str) -> None:
        while not any(word in each for each in self._heard):
            if not self._listen(START_SECONDS):
                raise RoomError(f"the room did not answer in {START_SECONDS} s: {self._last_words()}")
        self._heard = [each for each in self._heard if word not in each]

    def _listen(self, seconds: float) -> bool:
        """Take in what the zygote has said; False when it said nothing in that time."""
        with selectors.DefaultSelector() as selector:
            selector.register(self._control, selectors.EVENT_READ)
            if not selector.select(seconds):
                return False
        piece = self._control.recv(PIECE)
        if not piece:
            raise RoomError(f"the room is gone: {self._last_words()}")
        *lines, self._unread = (self._unread + piece).split(b"\n")
        self._heard += map(json.loads, lines)
        return True

    def _last_words(self) -> str:
        self._log.seek(0)
        text = self._log.read().decode(errors="replace").strip()
        return text.rpartition("\n")[2] or "it said nothing"


class _Pipes:
    """The grader's ends of an interpreter's pipes."""

    def __init__(self, commands: int, messages: int, out: int, err: int) -> None:
        self._commands, self._messages = commands, messages
        self._streams = {out: "stdout", err: "stderr"}
        self._unpacker = Unpacker()
        for descriptor in (commands, messages, out, err):
            os.set_blocking(descriptor, False)
        self.open_ones = {messages, out, err}
        self.sent = 0  # bytes, since the present cell began
        self.word = ""  # with which the interpreter says that the present cell is done
        self.later: list[tuple[str, dict[str, Any]]] = []  # what came after a cell was done belongs to the next one

    def new_word(self) -> str:
        """A word for the next cell."""
        self.word, self.sent = secrets.token_hex(16), 0
        return self.word

    def command(self, command: dict[str, Any]) -> None:
        """Send a command whole. Raises BrokenPipeError; BrokenFrame if nobody takes it."""
        rest = memoryview(pack(command))
        while rest:
            try:
                rest = rest[os.write(self._commands, rest) :]
            except BlockingIOError:
                if not select.select([], [self._commands], [], START_SECONDS)[1]:
                    raise BrokenFrame("it takes no more commands") from None

    def messages(self) -> list[tuple[str, dict[str, Any]]]:
        """The messages that have arrived since. Raises BrokenFrame."""
        heard, self.later = self.later, []
        for message in self._unpacker.feed(self._read(self._messages)):
            kind, content = message.get("type"), message.get("content")
            if not isinstance(kind, str) or not isinstance(content, dict):
                raise BrokenFrame("a message without a type or a content")
            heard.append((kind, content))
        return heard

    def printed(self) -> list[tuple[str, dict[str, Any]]]:
        """What has been written to descriptors 1 and 2, as messages."""
        return [
            ("stream", {"name": name, "text": piece.decode(errors="replace")})
            for descriptor, name in self._streams.items()
            if (piece := self._read(descriptor))
        ]

    def _read(self, descriptor: int) -> bytes:
        if descriptor not in self.open_ones:
            return b""
        try:
            piece = os.read(descriptor, PIECE)
        except BlockingIOError:
            return b""
        if not piece:
            self.open_ones.discard(descriptor)
        self.sent += len(piece)
        return piece

    @property
    def can_speak(self) -> bool:
        """Whether a message can still come."""
        return self._messages in self.open_ones

    def close(self) -> None:
        """Close all of them."""
        for descriptor in (self._commands, self._messages, *self._streams):
            os.close(descriptor)
