"""Runs a program that a `%%writefile` cell wrote, in a process of its own, and judges it from outside.

What the program asks of its outside world is held at a gate in the test's process, so that what it does at the same
time is proven and not timed. Its end is an event, its output is bounded, and it never outlives the test.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from autograder.checks.failure import CheckFailed, failed, shorten
from autograder.checks.fence import Call, Run
from autograder.checks.gate import Gate
from autograder.checks.sockets import still
from autograder.checks.values import describe

MOST_OUTPUT = 1_000_000  # bytes of each stream; a program that writes more is ended
_CHUNK = 65536
_KILLED = 5.0  # seconds; bounds the wait for a process that the operating system does not end when told

# The module that stands for the outside world in the program's process. It binds the socket class when it is
# imported, as most libraries do: so it waits as a greenlet may only if the modules were patched before.
_WORLD = '''\
"""The outside world of this program: each function asks, and blocks until the answer is there."""

import json
import sys
from socket import socket


def _patched():
    return "socket" in getattr(sys.modules.get("gevent.monkey"), "saved", {{}})


def _say(**words):
    connection = socket()
    connection.connect(("127.0.0.1", {port}))
    connection.sendall(json.dumps({{"token": "{token}", "patched": _patched(), **words}}).encode() + b"\\n")
    return connection


def _ask(name, arguments):
    with _say(name=name, arguments=arguments) as connection:
        answer = b""
        while data := connection.recv(65536):
            answer += data
    if not answer:
        raise SystemExit("the test is over")
    answer = json.loads(answer)
    if "error" in answer:
        import builtins

        raise getattr(builtins, answer["error"], RuntimeError)(*answer["arguments"])
    return answer["value"]
'''
_FUNCTION = """

def {name}(*arguments):
    return _ask("{name}", arguments)
"""
# At the end: while it connects, other greenlets may use the functions already.
_IMPORTED = """

_say().close()
"""


class Program(Gate):
    """One program and its outside world. Use it as a context manager.

    Parameters: `file`, its name, beside the notebook; `world`, a table of answers for each function of the module
    `world` that the program may import (as for `Gate.job`; arguments and answers are what JSON knows); `apart`, to
    run it in an empty folder of its own.
    `start` runs the program; then each call of a function of `world` is held at the gate: see `Gate`.
    """

    def __init__(
        self,
        file: str,
        world: Mapping[str, Mapping[Any, Any]] | None = None,
        apart: bool = False,
        module: str = "world",
    ) -> None:
        super().__init__()
        self.file, self.module = file, module
        self.patched_at_import: bool | None = None  # whether sockets were patched when the program imported its world
        self.patched_at_call: bool | None = None  # and when it first called one of the functions
        self._apart = apart
        self._folder = tempfile.TemporaryDirectory(prefix="program-", ignore_cleanup_errors=True)
        self._home = Path(self._folder.name, "home")  # of the program and its world
        self._empty = Path(self._folder.name, "empty")
        self._home.mkdir()
        self._empty.mkdir()
        self._server: socket.socket | None = None
        self._port = 0
        self._jobs = {name: self.job(name, answers) for name, answers in (world or {}).items()}
        if world is not None:
            self._open_world()

    def start(self, *arguments: str, stdin: str = "") -> ProgramCall:
        """Run the program with these arguments of its command line and this text to read."""
        call = ProgramCall(self, self.file, arguments, stdin)
        self.calls.append(call)
        call.launch(self._home, self._environment(), self._empty if self._apart else None)
        return call

    def settle(self, until: Callable[[], bool] = lambda: False) -> None:
        """Wait until nothing more can happen by itself, in the program or on the way to it, or `until` says so."""
        Run.settle(self, until)
        while self._port and not (self.closed or self.endless or until() or still({self._port})):
            Run.settle(self, until)

    def expect_at_once(self, number: int, ask: str = "") -> None:
        """When nothing more can happen by itself, exactly this number of calls of the world is held."""
        self.settle()
        self._expect_not_failed("a program that runs")
        names = ", ".join(str(held) for held in self.held)
        expected = f"{number} calls of {self.module} waiting at the same time"
        if len(self.held) < number and self.patched_at_import is None:
            seen = f"the program never imported {self.module}" + self._where_it_is()
            raise failed(self.shown(), seen, expected, ask or "What does the program do before it imports it?")
        if 0 < len(self.held) < number and self.patched_at_import is False:
            late = "sockets were patched only after that" if self.patched_at_call else "sockets were never patched"
            seen = f"only {names} at first: {self.module} was imported before its sockets could yield; {late}"
            default = f"Which socket did {self.module} get hold of when it was imported?"
            raise failed(self.shown(), seen, expected, ask or default, self.picture())
        if all(call.finished for call in self.calls):
            # What was asked just before the end may still be held, though nobody waits for it any more.
            seen = f"the program has ended while {self.busy()} still running" if self.held else self._nothing_arrived()
            raise failed(self.shown(), seen, expected, ask or "Who waits for the greenlets before the program ends?")
        super().expect_at_once(number, ask)

    def expect_patched_first(self, ask: str = "Which line must come before every other import?") -> None:
        """The program patched its sockets before it imported its world. Raises CheckFailed."""
        self.settle()
        if self.patched_at_import:
            return
        expected = f"sockets are patched when the program imports {self.module}"
        if self.patched_at_import is None:
            self._expect_not_failed(expected)
            raise failed(self.shown(), f"the program never imported {self.module}", expected, ask)
        seen = f"{self.module} was imported first, and got hold of the socket that blocks"
        seen += ", then sockets were patched" if self.patched_at_call else ", and sockets were not patched later either"
        raise failed(self.shown(), seen, expected, ask)

    def idle(self) -> bool:
        """Whether the program could call functions of its world, and has never done so."""
        return bool(self._jobs) and not self.arrived

    def picture(self) -> str:
        return "\n".join(f"  {held}{' ...' if held.running else ''}" for held in self.arrived)

    def close(self) -> None:
        """End the program with its children, and take its world away."""
        for call in self.calls:
            if not call.finished:
                call.end()
                call.gone.wait(_KILLED)
        if self._server is not None:
            with suppress(OSError):
                self._server.shutdown(socket.SHUT_RDWR)  # wakes the thread that accepts, which closing does not
            self._server.close()
        super().close()
        self._folder.cleanup()

    # the world

    def _open_world(self) -> None:
        try:
            self._server = socket.create_server(("127.0.0.1", 0))
        except OSError as error:
            raise failed(
                self.file, f"no port of this machine can be opened: {error}", "a free port on 127.0.0.1", ""
            ) from None
        self._port = self._server.getsockname()[1]
        self._token = secrets.token_hex(8)
        text = _WORLD.format(port=self._port, token=self._token)
        text += "".join(_FUNCTION.format(name=name) for name in self._jobs) + _IMPORTED
        (self._home / f"{self.module}.py").write_text(text, encoding="utf-8")
        self.own_thread(self._accept_calls, "world")

    def _environment(self) -> dict[str, str]:
        # Python looks for modules beside the program first, so in the home; then in the folder of the notebook.
        path = os.pathsep.join(filter(None, (os.getcwd(), os.environ.get("PYTHONPATH"))))
        own = {"PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": path}
        # A kernel asks for colours by FORCE_COLOR; since 3.13 tracebacks would have them, and so would messages.
        return {**os.environ, **own, "PYTHON_COLORS": "0"}

    def _accept_calls(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._server.accept()
                self.own_thread(lambda connection=connection: self._answer(connection), "call of the world")

    def _answer(self, connection: socket.socket) -> None:
        """Serves one connection; the gate holds this thread in the place of the greenlet that asked."""
        with connection, suppress(OSError, ValueError, SystemExit):
            asked = json.loads(connection.makefile("rb").readline(_CHUNK))
            if asked.pop("token", None) != self._token:
                return
            with self.changed:
                if "name" not in asked:
                    if self.patched_at_import is None:  # the first one counts: what it got hold of, others may have
                        self.patched_at_import = asked["patched"]
                elif self.patched_at_call is None:
                    self.patched_at_call = asked["patched"]
                self.progress()
            if "name" in asked:
                connection.sendall(json.dumps(self._result(asked)).encode())

    def _result(self, asked: dict[str, Any]) -> dict[str, Any]:
        try:
            return {"value": self._jobs[asked["name"]](*asked["arguments"])}
        except Exception as error:
            return {"error": type(error).__name__, "arguments": [str(argument) for argument in error.args]}

    def _nothing_arrived(self) -> str:
        return super()._nothing_arrived() if self.arrived else self.nothing_called()

    def nothing_called(self) -> str:
        """That it has not, in words."""
        return f"the program has ended, and never called a function of {self.module}"

    def _where_it_is(self) -> str:
        return "" if all(call.finished for call in self.calls) else ", and it has not ended"


class ProgramCall(Call):
    """One run of a program. Made by `Program.start`."""

    run: Program

    def __init__(self, run: Program, file: str, arguments: tuple[str, ...], stdin: str) -> None:
        super().__init__(run, None, arguments)
        self.name, self.shown = file, " ".join(("python", file, *arguments))
        self.status: int | None = None  # of its exit; a negative one is the number of the signal that ended it
        self.stdout = self.stderr = ""
        self.gone = threading.Event()  # the process has ended, whatever still holds its output open
        self._stdin = stdin.encode()
        self._process: subprocess.Popen[bytes] | None = None
        self._too_much = ""

    def expect_end(self) -> None:
        """The program ends by itself. Raises CheckFailed with what it waits for if it cannot."""
        self.run.settle(lambda: self.finished)
        dying = True
        while self.gone.is_set() and not self.finished and dying:
            dying = _is_dying(self._process.pid)  # who has just died has closed the output, which is now to be read
            self.run.settle(lambda: self.finished)
        if self.finished:
            return
        if self.gone.is_set():
            seen = "the program has ended, but a process that it started has not, and holds its output open"
        elif busy := self.run.busy():
            seen = f"the program has not ended; it waits while {busy} running"
        else:
            seen = "the program never ends: all of its threads wait and nothing can wake one of them"
        raise failed(self.shown, seen, "a program that ends", "What does its last line wait for?", self.run.picture())

    def expect_exit(self, status: int = 0, ask: str = "") -> None:
        """The program ends with this exit status. Raises CheckFailed."""
        self.expect_end()
        if self.status != status:
            raise self.failed_by_error(f"exit status {status}", ask)

    def expect_output(self, expected: str, ask: str = "") -> None:
        """The program ends well and has printed exactly this text. Raises CheckFailed naming the first other line."""
        self.expect_end()
        if self.error is not None:
            raise self.failed_by_error(f"a program that ends well and prints {describe(expected)}", ask)
        if self.stdout == expected:
            return
        seen, wanted = self.stdout.splitlines(), expected.splitlines()
        number = next((n for n, pair in enumerate(zip(seen, wanted, strict=False)) if pair[0] != pair[1]), None)
        number = min(len(seen), len(wanted)) if number is None else number
        line = [describe(lines[number]) if number < len(lines) else "nothing more" for lines in (seen, wanted)]
        if line[0] == line[1]:
            line = [describe(self.stdout[-40:]), describe(expected[-40:]) + " at the end"]
        if expected and self.run.idle():
            line[0] += f": {self.run.nothing_called()}"
        complaint = f", and on stderr {describe(last)}" if (last := _last_line(self.stderr)) else ""
        raise failed(self.shown, f"line {number + 1} of the output is {line[0]}{complaint}", line[1], ask)

    def failed_by_error(self, expected: str, ask: str = "") -> CheckFailed:
        if self._too_much:
            question = "Which loop prints, and what ends it?"
            return failed(self.shown, self._too_much, expected, question)
        if isinstance(self.error, CheckFailed):
            return self.error
        last = _last_line(self.stderr)
        lines = re.findall(rf'File "[^"\n]*{re.escape(Path(self.name).name)}", line (\d+)', self.stderr)
        seen = f"the program ended with status {self.status}"
        if (self.status or 0) < 0:
            with suppress(ValueError):
                seen = f"the program was ended by the signal {signal.Signals(-self.status).name}"
        seen += (f": {shorten(last, 200)}" if last else "") + (f", at line {lines[-1]} of {self.name}" if lines else "")
        if "NotImplementedError" in last:
            ask = "Have you replaced the line `raise NotImplementedError()` and run the cell again?"
        return failed(self.shown, seen, expected, ask)

    def launch(self, home: Path, environment: dict[str, str], folder: Path | None) -> None:
        """Copy the program into its home, start it there and begin to serve it.

        So a file of the student's that has the name of the program's world does not take its place.
        """
        path = Path(self.name).resolve()
        if not path.is_file():
            self.error = failed(
                path.name,
                f"there is no file {path.name} beside the notebook",
                f"the file that the cell beginning with %%writefile {path.name} writes",
                "Have you run that cell?",
            )
            self.finished = True
            self.gone.set()
            return
        program = Path(shutil.copyfile(path, home / path.name))
        self._process = subprocess.Popen(
            [sys.executable, str(program), *self._arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=folder,
            env=environment,
            start_new_session=True,
        )
        streams = [bytearray(), bytearray()]
        readers = [
            self.run.own_thread(lambda pipe=pipe, kept=kept: self._read(pipe, kept), "output of the program")
            for pipe, kept in zip((self._process.stdout, self._process.stderr), streams, strict=True)
        ]
        self.run.own_thread(self._write, "input of the program")
        self.run.own_thread(lambda: self._wait(readers, streams), "end of the program")

    def end(self) -> None:
        """End the process and all processes of its session."""
        if self._process is not None:
            with suppress(OSError):
                if hasattr(os, "killpg"):
                    os.killpg(self._process.pid, signal.SIGKILL)
                else:
                    self._process.kill()

    def _write(self) -> None:
        with suppress(OSError):
            self._process.stdin.write(self._stdin)
        with suppress(OSError):
            self._process.stdin.close()

    def _read(self, pipe: IO[bytes], kept: bytearray) -> None:
        with pipe, suppress(OSError):
            while data := os.read(pipe.fileno(), _CHUNK):
                kept += data
                if len(kept) > MOST_OUTPUT:
                    self._too_much = f"the program was ended when it had written {MOST_OUTPUT:,} bytes"
                    return self.end()
                with self.run.changed:
                    self.run.progress()

    def _wait(self, readers: list[threading.Thread], streams: list[bytearray]) -> None:
        if hasattr(os, "waitid"):
            # Not reaped yet: so no other process can have taken its number when its session is ended.
            os.waitid(os.P_PID, self._process.pid, os.WEXITED | os.WNOWAIT)
            self.end()
        status = self._process.wait()
        self.gone.set()
        for reader in readers:
            reader.join()
        self.stdout, self.stderr = (bytes(kept).decode("utf-8", "replace") for kept in streams)
        with self.run.changed:
            self.value, self.status = self.stdout, status
            if status or self._too_much:
                self.error = RuntimeError(status)
            self.finished = True
            self.run.progress()


def _is_dying(session: int) -> bool:
    """Whether a process of this session, whose processes have all been told to end, is still there (on Linux)."""
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, _, _, its_session, *_ = stat.read_text().rpartition(")")[2].split()
            if int(its_session) == session and state not in "ZX":
                return True
    return False


def _last_line(text: str) -> str:
    """The last line that is not empty, without what differs each time: the time of day, and addresses."""
    line = next((line for line in reversed(text.splitlines()) if line.strip()), "")
    return re.sub(r"^\d{4}-\d\d-\d\dT[\d:]+Z | at 0x[0-9a-f]+", "", line)
