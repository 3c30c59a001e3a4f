"""What a forked process does: it is the kernel of one notebook.

The shell is ipykernel's own, with a session that writes to a pipe where a kernel's writes to its sockets. Cells run
inside an asyncio loop that runs on between them, as in JupyterLab: top-level `await`, the running loop, magics,
displays and prints of threads are what they are there.
"""

from __future__ import annotations

import asyncio
import base64
import io
import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from ipykernel.ipkernel import IPythonKernel
from ipykernel.jsonutil import json_clean
from jupyter_client.session import Session
from tornado.ioloop import IOLoop
from traitlets.config import Config

from autograder.grading.frames import LONGEST, LONGEST_TEXT, Unpacker, pack
from autograder.grading.machinery import Machinery

PIECE = 65_536  # bytes


class PipeSession(Session):
    """A kernel's session whose messages go to a function."""

    def send(self, stream: Any, msg_or_type: Any, content: Any = None, *args: Any, **kwargs: Any) -> None:
        """Send what a kernel would publish, without its headers."""
        if isinstance(msg_or_type, dict):
            msg_or_type, content = msg_or_type["msg_type"], msg_or_type["content"]
        if msg_or_type == "error":
            content = {key: _cut(value) for key, value in content.items()}
        outlet.send({"type": msg_or_type, "content": json_clean(content)})


def _cut(text: Any) -> Any:
    return [_cut(each) for each in text] if isinstance(text, list) else text[:LONGEST_TEXT]


class Outlet:
    """The way out: the pipe that messages are written to, by one thread at a time."""

    def __init__(self) -> None:
        self._write = os.write  # as it was before anything could be patched
        self._getpid = os.getpid
        self.open(-1)

    def open(self, pipe: int) -> None:
        """Write to this pipe from now on, from this process only."""
        self._pipe, self._home, self._lock = pipe, self._getpid(), threading.RLock()

    @property
    def at_home(self) -> bool:
        """Whether this process is the kernel, and not a child that it forked."""
        return self._getpid() == self._home

    def send(self, message: dict[str, Any]) -> None:
        """Write a message; a child of the kernel has no say here."""
        if self.at_home:
            frame = pack(message)
            with self._lock:
                rest = memoryview(frame if len(frame) <= LONGEST else b"")
                while rest:
                    rest = rest[self._write(self._pipe, rest) :]


outlet = Outlet()


class Printed(io.TextIOBase):
    """`sys.stdout` or `sys.stderr`: sent on line by line; what a forked child prints goes to the descriptor itself."""

    encoding = "UTF-8"
    errors = "replace"

    def __init__(self, name: str, descriptor: int) -> None:
        self.name = f"<{name}>"
        self._stream, self._descriptor, self._begun, self._lock = name, descriptor, "", threading.RLock()

    def fileno(self) -> int:
        """The descriptor that programs and children print to."""
        return self._descriptor

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, text: str) -> int:
        """Send what ends a line; keep the rest until it does, or until `flush`."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text)}")
        if not outlet.at_home:
            os.write(self._descriptor, text.encode(errors="replace"))
            return len(text)
        with self._lock:
            self._begun += text
            if "\n" in text or len(self._begun) > PIECE:
                self.flush()
        return len(text)

    def flush(self) -> None:
        """Send what has been written so far."""
        if outlet.at_home:
            with self._lock:
                text, self._begun = self._begun, ""
                for begin in range(0, len(text), PIECE):
                    outlet.send(
                        {"type": "stream", "content": {"name": self._stream, "text": text[begin : begin + PIECE]}}
                    )


def build_kernel() -> IPythonKernel:
    """A kernel that has run one cell already, so that those of a student find it warm; no thread is started."""
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"  # a coloured traceback takes 30 ms
    kernel = IPythonKernel(config=config, session=PipeSession(), log=logging.getLogger(__name__))
    kernel.shell.run_cell("try:\n    1 / 0\nexcept ZeroDivisionError:\n    get_ipython().showtraceback()")
    kernel.shell.reset(new_session=True)
    kernel.shell.displayhook.flush()
    kernel.shell.execution_count = 1
    return kernel


def serve(kernel: IPythonKernel, machinery: Machinery, commands: int, messages: int) -> None:
    """Run the cells that arrive by one pipe, tell by the other what came of them; returns when no more can come."""
    outlet.open(messages)
    sys.stdout, sys.stderr = sys.__stdout__, sys.__stderr__ = Printed("stdout", 1), Printed("stderr", 2)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    inbox = Inbox(commands)
    while not inbox.ended:
        loop = asyncio.new_event_loop()
        asyncio.set_event_loop(loop)
        kernel.io_loop = IOLoop.current()
        kernel.shell_channel_thread = SimpleNamespace(parent_thread=threading.current_thread())
        while not inbox.ended and not loop.is_closed():
            try:
                loop.run_until_complete(_serve(kernel, machinery, inbox))
            # A student's code has stopped the loop or cancelled all tasks, or an interrupt came late.
            except (Exception, KeyboardInterrupt, asyncio.CancelledError):
                continue


async def _serve(kernel: IPythonKernel, machinery: Machinery, inbox: Inbox) -> None:
    while (command := await inbox.next()) is not None:
        if command["do"] == "write":
            for name, content in command["files"].items():
                Path(name).parent.mkdir(parents=True, exist_ok=True)
                Path(name).write_bytes(base64.b64decode(content))
        else:
            await _run_cell(kernel, machinery, command)


async def _run_cell(kernel: IPythonKernel, machinery: Machinery, command: dict[str, Any]) -> None:
    """Run one cell and say how it ended, whatever it raised."""
    shell, is_test = kernel.shell, command["test"]
    _let_errors_be_shown(shell, is_test)
    content: dict[str, Any] = {"execution_count": shell.execution_count}
    begin, used = time.perf_counter(), time.process_time()
    try:
        reply = await kernel.do_execute(
            command["source"], silent=False, store_history=not is_test, allow_stdin=False, cell_id=command["id"]
        )
    except BaseException as error:  # what IPython lets pass: the cell has failed, and the next one is to be run
        reply = {"status": "error", "ename": type(error).__name__, "evalue": _text_of(error)}
    if is_test:  # `In` has a place for it, and nothing there
        _quietly(lambda: shell.history_manager.store_inputs(shell.execution_count, ""))
        shell.execution_count = content["execution_count"] + 1
    for name in ("stdout", "stderr"):  # which may be anything by now, or nothing
        _quietly(lambda name=name: getattr(sys, name).flush())
    for key in ("status", "ename", "evalue"):
        content[key] = str(reply.get(key, ""))[:LONGEST_TEXT]
    content["at_top"] = _is_at_top(shell.last_execution_result)
    content["seconds"] = time.perf_counter() - begin
    content["cpu_seconds"] = time.process_time() - used
    # By the class: what stands in an object may take the place of its methods.
    content["word"], content["altered"] = command["word"], Machinery.altered(machinery)
    Outlet.send(outlet, {"type": "done", "id": command["id"], "content": content})


def _let_errors_be_shown(shell: Any, is_test: bool) -> None:
    """See to it that an error can be shown, by which a test cell says that it came to its end.

    A debugger (`%pdb`) would want somebody to answer, and IPython runs no cell where there is nothing to print to.
    """
    if is_test:
        _quietly(lambda: setattr(shell, "call_pdb", False))
    for name in ("stdout", "stderr"):
        if not callable(getattr(getattr(sys, name, None), "write", None)):
            setattr(sys, name, getattr(sys, f"__{name}__"))


def _is_at_top(result: Any) -> bool:
    """Whether the error with which a cell ended was raised by a line of the cell itself, and by nothing it called."""
    trace = getattr(getattr(result, "error_in_exec", None), "__traceback__", None)
    return trace is not None and trace.tb_next is not None and trace.tb_next.tb_next is None


def _text_of(error: BaseException) -> str:
    try:
        return str(error)
    except Exception:
        return ""


def _quietly(function: Callable[[], Any]) -> None:
    try:
        function()
    except BaseException:
        return


def _resolve(future: asyncio.Future[None]) -> None:
    if not future.done():
        future.set_result(None)


class Inbox:
    """Commands as they come by a pipe, for a coroutine that waits for them in whatever loop runs."""

    def __init__(self, pipe: int) -> None:
        self._pipe, self._unpacker, self._waiting, self.ended = pipe, Unpacker(), [], False
        self._read = os.read
        os.set_blocking(pipe, False)

    async def next(self) -> dict[str, Any] | None:
        """The next command, or None when there will be no more."""
        while not self._waiting and not self.ended:
            loop = asyncio.get_running_loop()
            readable = loop.create_future()
            loop.add_reader(self._pipe, _resolve, readable)
            try:
                await readable
            finally:
                loop.remove_reader(self._pipe)
            try:
                piece = self._read(self._pipe, PIECE)
            except BlockingIOError:
                continue
            self._waiting += self._unpacker.feed(piece)
            self.ended = not piece
        return self._waiting.pop(0) if self._waiting else None
