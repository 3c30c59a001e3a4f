"""Sees when nothing more can happen by itself, from the operating system's own record of each thread.

A run of student code is quiet when every thread and child process that belongs to it waits for something that only
another one of them, or the test, could bring about. On Linux that is read from `/proc`: what each thread is blocked
in, and that none was switched in between two looks. A thread that computes is not quiet; one that waits with a
time-out is not either, unless that is far off or it wakes again and again to no effect.

Elsewhere there is no such record; `Quiet.seen` then answers None and the caller falls back to a deadline.
"""

from __future__ import annotations

import multiprocessing.process
import os
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import process_time  # as it is now, whatever the student makes of the module

from autograder.checks import syscalls

SOON = 0.5  # seconds: who waits longer than that waits for an event; the time-out is for when that does not come
REACH = 10.0  # seconds: what happens later than that is as good as never
MOST_BYTES = 65_536  # of one file of /proc; in fact they are hundreds
FUTILE = 5  # wakes without effect, after which a sleeper is known to poll; some are only turns at Python's own lock
AGAIN = 2  # the same for one that is known already

_TASKS = Path("/proc/self/task")
CAN_SEE = syscalls.KNOWN and os.access(f"{_TASKS}/{threading.get_native_id()}/syscall", os.R_OK)

_ignored_threads: set[int] = set()  # of this process, by native id
_ignored_children: set[int] = set()


def ignore_existing() -> None:
    """Leave out of every later look all threads and children that exist now: the kernel's own, or what leaked."""
    _ignored_threads.update(threads_of(os.getpid()))
    _ignored_children.update(pid for pid in descendants() if not is_helper(pid))


def ignore_busy() -> None:
    """Leave out what is at work now, before a run begins: it belongs to an earlier cell and would never be quiet.

    Threads that wait for good are kept: they may be the idle workers of a pool that the coming run will use.
    """
    if CAN_SEE:
        me = threading.get_native_id()
        _ignored_threads.update(tid for tid in threads_of(os.getpid()) - {me} if _busy(os.getpid(), tid))
        busy = {pid for pid in descendants() if any(_busy(pid, tid) for tid in threads_of(pid))}
        _ignored_children.update(pid for pid in busy if not is_helper(pid))


def ignore_child(pid: int) -> None:
    """Leave a child process (a server of the test's own, say) out of every later look."""
    _ignored_children.add(pid)


def is_helper(pid: int) -> bool:
    """Whether a process is the fork server or the resource tracker, which Python keeps for the next pool.

    A worker that the fork server forked has its command line too, but is not a child of this process.
    """
    if pid not in children():
        return False
    with suppress(OSError):
        command = _read(f"/proc/{pid}/cmdline")
        return "multiprocessing.forkserver" in command or "multiprocessing.resource_tracker" in command
    return False


def alive(pid: int) -> bool:
    """Whether a process is there and has not ended (one that has, and waits to be reaped, is not alive)."""
    with suppress(OSError):
        return _read(f"/proc/{pid}/stat").rpartition(")")[2].split()[0] not in "ZX"
    return False


class Quiet:
    """Looks again and again; a look compares with those before.

    Parameters: `futile`, how often a thread may wake without effect before it counts as one that only polls;
    `pollers`, native ids of threads that did so earlier in the run, to which those that are found now are added.
    """

    def __init__(self, futile: float = FUTILE, pollers: set[int] | None = None) -> None:
        self.running = False  # whether something was at work at the latest look
        self._futile = futile
        self._pollers = set() if pollers is None else pollers
        self._before: dict[int, Blocked] | None = {}
        self._wakes: dict[int, int] = {}

    def seen(self, far: float = REACH) -> bool | None:
        """True if nothing more can happen by itself, False if something may, None where that cannot be seen.

        Parameters: `far`, the seconds from which on a time-out counts as none.

        A thread that sleeps or waits with a time-out may do something when it wakes. If it woke `FUTILE` times and
        went back to sleep while nothing else moved, it only polls, and that goes on for ever.
        """
        if not CAN_SEE:
            return None
        now, before = _look(far), self._before
        self._before, self.running = now, now is None
        if now is None or before is None:
            self._wakes.clear()
            return False
        moved = {tid for tid in now.keys() | before.keys() if now.get(tid) != before.get(tid)}
        polls = {tid for tid, state in now.items() if state.wakes}
        if moved - polls or now.keys() != before.keys():
            self._wakes.clear()
            return False
        for tid in moved:
            self._wakes[tid] = self._wakes.get(tid, 0) + 1
        if not all(self._wakes.get(tid, 0) >= (AGAIN if tid in self._pollers else self._futile) for tid in polls):
            return False
        self._pollers |= polls
        return True


def children(pid: int | None = None) -> set[int]:
    """Process ids of the direct children of a process (default: this one); empty where `/proc` is missing."""
    found: set[int] = set()
    for tid in threads_of(pid or os.getpid()):
        with suppress(OSError):
            found.update(map(int, _read(f"/proc/{pid or 'self'}/task/{tid}/children").split()))
    return found


def descendants() -> set[int]:
    """Process ids of all children, their children and so on, without the ignored ones."""
    found: set[int] = set()
    _ignored_children.intersection_update(filter(alive, tuple(_ignored_children)))
    new = children() - _ignored_children
    while new:
        found |= new
        new = set().union(*(children(pid) for pid in new)) - found - _ignored_children
    return found


def processor_time() -> float:
    """Seconds of processor time that this process and its descendants have used; nothing of those that have ended."""
    used = process_time()
    for pid in descendants():
        with suppress(OSError, IndexError):
            spent = _read(f"/proc/{pid}/stat").rpartition(")")[2].split()
            used += (int(spent[11]) + int(spent[12])) / os.sysconf("SC_CLK_TCK")
    return used


def threads_of(pid: int) -> set[int]:
    """Native ids of the threads of a process; empty if it has ended or `/proc` is missing."""
    try:
        return {int(name) for name in os.listdir(f"/proc/{pid}/task")}
    except OSError:
        return set()


@dataclass(frozen=True)
class Blocked:
    """How one thread was found: `switches` is None if it was not blocked; `wakes`, whether it wakes by itself soon."""

    switches: str | None
    wakes: bool = False


def _look(far: float) -> dict[int, Blocked] | None:
    """How each thread of the run is blocked, by native id; None as soon as one is found that is not."""
    me, threads = threading.get_native_id(), threads_of(os.getpid())
    _ignored_threads.intersection_update(threads)  # the system gives the number of an ended thread to another one
    looked = {}
    managers = _manager_servers()
    for pid in descendants():
        for tid in threads_of(pid):
            serves = pid == tid and pid in managers and _blocked(pid, tid, REACH).wakes
            looked[tid] = Blocked("serves") if serves else _blocked(pid, tid, far)
            if looked[tid].switches is None:
                return None
    for tid in threads - _ignored_threads - {me}:
        looked[tid] = _blocked(os.getpid(), tid, far)
        if looked[tid].switches is None:
            return None
    return looked


def _read(path: str) -> str:
    """What the operating system says in this file, without the cost of a stream: there are thousands of looks."""
    file = os.open(path, os.O_RDONLY)
    try:
        return os.read(file, MOST_BYTES).decode("utf-8", "replace")
    finally:
        os.close(file)


def _busy(pid: int, tid: int) -> bool:
    state = _blocked(pid, tid, REACH)
    return state.switches is None or state.wakes


def _manager_servers() -> set[int]:
    """The server processes of managers (`multiprocessing.Manager`), whose main thread wakes each second for nothing."""
    manager = getattr(sys.modules.get("multiprocessing.managers"), "BaseManager", None)
    kinds = [manager] if manager else []
    for kind in kinds:
        kinds += kind.__subclasses__()
    names = {kind.__name__ for kind in kinds}
    processes = list(getattr(multiprocessing.process, "_children", ()))
    return {process.pid for process in processes if process.name.rpartition("-")[0] in names}


def _blocked(pid: int, tid: int, far: float) -> Blocked:
    call = ["unknown"]
    try:
        with suppress(PermissionError):  # of a process that has ended and is not reaped yet, only root may read it
            call = _read(f"/proc/{pid}/task/{tid}/syscall").split()
        status = _read(f"/proc/{pid}/task/{tid}/status")
    except (FileNotFoundError, ProcessLookupError):
        return Blocked("ended")
    except OSError:
        return Blocked(None)
    state = status.partition("\nState:\t")[2][:1]
    if state in "ZX":
        return Blocked("ended")
    if state not in "ST" or not call[0].isdigit():
        return Blocked(None)
    wakes = syscalls.seconds_left(pid, int(call[0]), call[1:]) < far
    return Blocked(status.partition("\nvoluntary_ctxt_switches:")[2], wakes)
