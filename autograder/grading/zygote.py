"""The first process of a room: it has everything imported and forks a fresh interpreter for each notebook.

It never sees a notebook, so that nothing of one can be found in the memory of the next: it only forks, passes
signals on, tells of deaths, and sweeps the room. Started by `autograder.grading.room`, which holds the other end of
its socket; when that end is closed, it sweeps and ends.
"""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import functools
import gc
import importlib
import json
import multiprocessing.process
import os
import resource
import secrets
import selectors
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Callable
from pathlib import Path

from autograder.grading import seccomp
from autograder.grading.sandbox import DISK_BYTES

# What notebooks of this course import. It is imported here once, and not again in each of them.
MODULES = (
    "asyncio",
    "celery.contrib.testing.worker",
    "concurrent.futures.process",
    "concurrent.futures.thread",
    "gevent.pool",
    "gevent.server",
    "matplotlib.pyplot",
    "matplotlib_inline.backend_inline",
    "multiprocessing.managers",
    "multiprocessing.pool",
    "multiprocessing.popen_fork",
    "multiprocessing.popen_forkserver",
    "multiprocessing.popen_spawn_posix",
    "nest_asyncio",
    "redis",
    "autograder.checks.brokers",
    "autograder.checks.choices",
    "autograder.checks.coroutines",
    "autograder.checks.files",
    "autograder.checks.futures",
    "autograder.checks.gate",
    "autograder.checks.greenlets",
    "autograder.checks.programs",
    "autograder.checks.reasons",
    "autograder.checks.schedules",
    "autograder.checks.ways",
    "autograder.timeline",
)

# Of one process, but for the number of processes, which is that of the room.
SEALED_LIMITS = {
    resource.RLIMIT_AS: 2_000_000_000,  # bytes
    resource.RLIMIT_CORE: 0,
    resource.RLIMIT_FSIZE: DISK_BYTES,
    resource.RLIMIT_NOFILE: 1024,
    resource.RLIMIT_NPROC: 256,
}

# Of a whole sealed room; looked at now and then, since Linux has no such limits for those who are not root.
ROOM_BYTES = 3_000_000_000
ROOM_PROCESSES = 64
LOOK = 0.2  # seconds between two looks

_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_CHILD_SUBREAPER = 1, 4, 36  # linux/prctl.h
_PR_CAPBSET_DROP, _PR_SET_NO_NEW_PRIVS = 24, 38
_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000  # linux/sched.h
_SIOCSIFFLAGS, _IFF_UP = 0x8914, 1  # linux/sockios.h, linux/if.h
_CAPABILITY_VERSION = 0x20080522  # linux/capability.h


def main(control: int, base: str, user: int | None = None) -> None:
    """Serve until the socket is closed.

    Parameters: `control`, its descriptor; `base`, a folder for working folders; `user`, whom root becomes, if this is
    process 1 of a sandbox.
    """
    sealed = user is not None
    if sealed and os.getuid() == 0:
        os.setgroups([])
        os.setresgid(user, user, user)
        os.setresuid(user, user, user)
        _prctl(_PR_SET_DUMPABLE, 1)  # which the change took away; the checks look whether they can read /proc/self
    _prctl(_PR_SET_CHILD_SUBREAPER, 1)
    os.environ["MPLBACKEND"] = "module://matplotlib_inline.backend_inline"
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    os.environ["IPYTHONDIR"] = str(Path(base, "ipython"))
    from autograder.grading import interpreter
    from autograder.grading.machinery import Machinery

    kernel = interpreter.build_kernel()  # before matplotlib, which looks for one when it is imported
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name in MODULES:
            with contextlib.suppress(ImportError):
                importlib.import_module(name)
    machinery = Machinery(kernel, interpreter.outlet)
    gc.collect()
    gc.freeze()  # so that interpreters need not look at, and thereby copy, all that is here already
    # The interpreter must be able to read its own /proc/self, this process is not to be read by it.
    _prctl(_PR_SET_DUMPABLE, 0)
    limits = SEALED_LIMITS if sealed else {}
    serve = functools.partial(interpreter.serve, kernel, machinery)
    Zygote(socket.socket(fileno=control), Path(base), limits, serve).run()


class Zygote:
    """Forks at command, one interpreter at a time."""

    def __init__(
        self, control: socket.socket, base: Path, limits: dict[int, int], serve: Callable[[int, int], None]
    ) -> None:
        self._control, self._base, self._limits, self._serve = control, base, limits, serve
        self._pid, self._killed_for = 0, ""
        self._own_network = bool(limits) and _can_be_done(_take_own_network)
        self._folder, self._mounted = base, _mounted(base)
        self._deaths, wakeup = os.pipe()
        for end in (self._deaths, wakeup):
            os.set_blocking(end, False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.set_wakeup_fd(wakeup, warn_on_full_buffer=False)
        self._wakeup = wakeup

    def run(self) -> None:
        """Do what the socket says until it is closed."""
        self._sweep()  # what the imports have left
        self._tell(ready=True)
        with selectors.DefaultSelector() as selector:
            selector.register(self._control, selectors.EVENT_READ)
            selector.register(self._deaths, selectors.EVENT_READ)
            while True:
                for key, _ in selector.select(LOOK if self._pid and self._limits else None):
                    if key.fd == self._deaths:
                        with contextlib.suppress(BlockingIOError):
                            os.read(self._deaths, 4096)
                        self._reap()
                    elif not self._obey(selector):
                        return
                if self._pid and self._limits:
                    self._look()

    def _obey(self, selector: selectors.BaseSelector) -> bool:
        text, descriptors, _, _ = socket.recv_fds(self._control, 4096, 4)
        if not text:
            self._sweep()
            return False
        command = json.loads(text)
        if command["do"] == "fork":
            self._fork(descriptors, selector)
            for descriptor in descriptors:
                os.close(descriptor)
            self._tell(forked=self._pid)
        elif command["do"] == "signal":
            self._signal(command["number"])
            self._tell(signalled=True)
        else:
            self._sweep()
            self._tell(swept=True)
        return True

    def _tell(self, **what: object) -> None:
        self._control.sendall(json.dumps(what).encode() + b"\n")

    def _fork(self, descriptors: list[int], selector: selectors.BaseSelector) -> None:
        # A number would tell a notebook whether it is the first time that it runs here.
        self._folder, self._killed_for = self._base / secrets.token_hex(4), ""
        for name in ("work", "home", "tmp"):
            (self._folder / name).mkdir(parents=True)
        self._pid = os.fork()
        if self._pid:
            return
        try:
            selector.close()
            self._become_interpreter(descriptors)
            self._serve(*descriptors[:2])
        finally:
            os._exit(0)

    def _become_interpreter(self, descriptors: list[int]) -> None:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        for end in (self._deaths, self._wakeup):
            os.close(end)
        self._control.close()
        os.setsid()
        _prctl(_PR_SET_DUMPABLE, 1)
        _prctl(_PR_SET_CHILD_SUBREAPER, 0)
        _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)  # without a sandbox it would outlive this room
        nothing = os.open(os.devnull, os.O_RDWR)
        for descriptor, number in ((nothing, 0), (descriptors[2], 1), (descriptors[3], 2)):
            os.dup2(descriptor, number)
            os.close(descriptor)
        for kind, most in self._limits.items():
            resource.setrlimit(kind, (most, most))
        if self._limits:
            if self._own_network:
                _take_own_network()
            seccomp.take_away()
        os.chdir(self._folder / "work")
        os.environ.update(HOME=str(self._folder / "home"), TMPDIR=str(self._folder / "tmp"))
        tempfile.tempdir = None
        multiprocessing.process.ORIGINAL_DIR = os.getcwd()  # spawned workers look for modules there
        sys.argv[:] = ["ipykernel_launcher.py"]
        sys.path.insert(0, "")

    def _signal(self, number: int) -> None:
        if self._pid:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(self._pid, number)

    def _look(self) -> None:
        """End everything where the processes of the room are too many, or use too much memory together."""
        processes = [int(name) for name in os.listdir("/proc") if name.isdigit() and name != "1"]
        if len(processes) > ROOM_PROCESSES:
            self._killed_for = f"more than {ROOM_PROCESSES} processes at once"
        # Where the quick sum is too high, pages that several processes share are counted once.
        elif sum(map(_own_memory, processes)) > ROOM_BYTES and sum(map(_memory, processes)) > ROOM_BYTES:
            self._killed_for = f"more than {ROOM_BYTES:,} bytes of memory"
        if self._killed_for:
            os.kill(-1, signal.SIGKILL)

    def _reap(self) -> None:
        with contextlib.suppress(ChildProcessError):
            while True:
                pid, status = os.waitpid(-1, os.WNOHANG)
                if not pid:
                    return
                if pid == self._pid:
                    self._pid = 0
                    code = os.waitstatus_to_exitcode(status)
                    why = self._killed_for or (f"killed by signal {-code}" if code < 0 else f"exit code {code}")
                    self._tell(ended=why)

    def _sweep(self) -> None:
        """End everything in the room but this process, and remove what it left on disk."""
        if self._pid:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._pid, signal.SIGKILL)
        while children := _children():
            if os.getpid() == 1:
                os.kill(-1, signal.SIGKILL)  # all at once: nobody forks faster than that
            for pid in children:
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.kill(pid, signal.SIGKILL)
            with contextlib.suppress(ChildProcessError):
                os.waitpid(-1, 0)
        self._pid = 0
        for folder in (self._base, Path("/dev/shm")) if os.getpid() == 1 else (self._base,):
            _empty(folder, self._mounted)


def _children() -> list[int]:
    """The children of this process; orphans of the room are among them, since it is their subreaper."""
    with contextlib.suppress(OSError):
        return [int(pid) for pid in Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()]
    return []


def _own_memory(pid: int) -> int:
    """Bytes of memory that are in no file on a disk; those that a process shares with others count whole."""
    with contextlib.suppress(OSError, ValueError):
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
        return sum(int(line.split()[1]) for line in lines if line.startswith(("RssAnon:", "RssShmem:"))) * 1024
    return 0


def _memory(pid: int) -> int:
    """Bytes of memory, of those that it shares with others its share only; a process may keep this to itself."""
    with contextlib.suppress(OSError, ValueError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return _own_memory(pid)


def _mounted(folder: Path) -> set[Path]:
    """What in a folder is mounted there, or leads there: a Python that lies in /tmp is in a room's /tmp, too."""
    found: set[Path] = set()
    with contextlib.suppress(OSError):
        for line in Path("/proc/self/mountinfo").read_text().splitlines():
            place = Path(line.split()[4])
            if place != folder and place.is_relative_to(folder):
                found.add(folder / place.relative_to(folder).parts[0])
    return found


def _empty(folder: Path, but: set[Path]) -> None:
    """Remove all that is in a folder, but for some of it.

    Raises OSError where something else stays: the room is not to be used any more.
    """
    for entry in set(folder.iterdir()) - but:
        with contextlib.suppress(OSError, RecursionError):
            if entry.is_dir() and not entry.is_symlink():
                shutil.rmtree(entry)
            else:
                entry.unlink()
    if left := set(folder.iterdir()) - but:  # folders that their owner may not enter, or too deep in folders
        for command in (["chmod", "-R", "u+rwX"], ["rm", "-rf"]):
            subprocess.run([*command, "--", *left], stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        if set(folder.iterdir()) - but:
            raise OSError(f"{folder} cannot be emptied")


def _take_own_network() -> None:
    """Leave the room's network for a fresh one: counters and closing connections would tell the next notebook things.

    This takes a user namespace, whose powers are given up at once. Raises OSError where the system refuses it.
    """
    libc, user, group = ctypes.CDLL(None, use_errno=True), os.getuid(), os.getgid()
    if libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET):
        raise OSError(ctypes.get_errno(), "no network of its own")
    _prctl(_PR_SET_DUMPABLE, 1)  # which the change took away
    for name, text in (("setgroups", "deny"), ("uid_map", f"{user} {user} 1"), ("gid_map", f"{group} {group} 1")):
        Path("/proc/self", name).write_text(text)
    with socket.socket() as any_socket:
        fcntl.ioctl(any_socket, _SIOCSIFFLAGS, struct.pack("16sh14x", b"lo", _IFF_UP))
    _prctl(_PR_SET_NO_NEW_PRIVS, 1)
    power = 0
    while libc.prctl(_PR_CAPBSET_DROP, power, 0, 0, 0) == 0:
        power += 1
    none = struct.pack("6I", *[0] * 6)
    if libc.capset(struct.pack("Ii", _CAPABILITY_VERSION, 0), none):
        raise OSError(ctypes.get_errno(), "powers cannot be given up")


def _can_be_done(function: Callable[[], None]) -> bool:
    """Whether the system lets a process do this; a child tries it."""
    if not (child := os.fork()):
        try:
            function()
            os._exit(0)
        finally:
            os._exit(1)
    return os.waitpid(child, 0)[1] == 0


def _prctl(option: int, value: int) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(option, value, 0, 0, 0)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], *map(int, sys.argv[3:]))
