"""Reads from a blocked system call how long it waits before it gives up by itself.

Linux tells in `/proc` in which call a thread is blocked and with which arguments; a time-out is one of them, as a
number or as the address of one. Sources: man 2 futex, poll, select, epoll_wait; the numbers of the calls are those of
the kernel's table for each machine.
"""

from __future__ import annotations

import platform
import struct
import time
from math import inf

# The position of the time-out among the arguments, and whether it is the address of seconds and nanoseconds (where no
# address means "never") or a number of milliseconds (where -1 does).
_ADDRESS, _MILLISECONDS = "address", "milliseconds"
_TIMEOUTS = {
    "x86_64": {
        202: (3, _ADDRESS),  # futex
        7: (2, _MILLISECONDS),  # poll
        271: (2, _ADDRESS),  # ppoll
        23: (4, _ADDRESS),  # select
        270: (4, _ADDRESS),  # pselect6
        232: (3, _MILLISECONDS),  # epoll_wait
        281: (3, _MILLISECONDS),  # epoll_pwait
        441: (3, _ADDRESS),  # epoll_pwait2
    },
    "aarch64": {
        98: (3, _ADDRESS),
        73: (2, _ADDRESS),
        72: (4, _ADDRESS),
        22: (3, _MILLISECONDS),
        441: (3, _ADDRESS),
    },
}
_SLEEPS = {
    "x86_64": {35, 230, 219, 128},
    "aarch64": {101, 115, 128, 137},
}  # nanosleep, clock_nanosleep, restart, sigtimedwait
_FUTEXES = {"x86_64": 202, "aarch64": 98}
_WAIT_BITSET, _COMMAND, _CLOCK_REALTIME = 9, 0x7F, 0x100  # linux/futex.h

_MACHINE = platform.machine()
KNOWN = _MACHINE in _TIMEOUTS


def seconds_left(pid: int, number: int, arguments: list[str]) -> float:
    """At most how many seconds a thread of this process waits before it goes on by itself; `inf` if it never does.

    Parameters: the call's `number` and `arguments` as in `/proc/PID/syscall`. A plain sleep counts as 0: whoever
    sleeps waits for nothing else. So does a time-out that cannot be read.
    """
    if number in _SLEEPS[_MACHINE]:
        return 0
    if number not in _TIMEOUTS[_MACHINE]:
        return inf
    position, kind = _TIMEOUTS[_MACHINE][number]
    value = int(arguments[position], 16)
    if kind is _MILLISECONDS:
        value &= 0xFFFFFFFF
        return inf if value == 0xFFFFFFFF else value / 1000
    if not value:
        return inf
    seconds = _seconds_at(pid, value)
    operation = int(arguments[1], 16) if number == _FUTEXES[_MACHINE] else 0
    if operation & _COMMAND == _WAIT_BITSET:  # a point in time, where the others are told how long
        seconds -= time.time() if operation & _CLOCK_REALTIME else time.monotonic()
    return max(0, seconds)


def _seconds_at(pid: int, address: int) -> float:
    try:
        with open(f"/proc/{pid}/mem", "rb", buffering=0) as memory:
            memory.seek(address)
            seconds, nanoseconds = struct.unpack("qq", memory.read(16))
    except (OSError, struct.error, ValueError, OverflowError):
        return 0
    return seconds + nanoseconds / 1e9
