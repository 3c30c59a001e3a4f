"""Takes system calls away from a process and all that it starts: those by which it could reach what outlives it.

A sealed room is used by one notebook after the other. Memory, queues and keys that belong to no process would carry
hidden tests from one to the next, and limits and priorities of the first process are inherited by all that follow.
What is taken away here fails with EPERM, clone3 as where there is none. Numbers are those of Linux's asm/unistd.h.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct
import sys

# For each machine: its number in linux/audit.h, then the calls that are taken away whole.
_MACHINES = {
    "x86_64": (
        0xC000003E,
        [
            *(29, 30, 31, 67, 64, 65, 66, 220, 68, 69, 70, 71),  # shared memory, semaphores, queues of System V
            *(240, 248, 249, 250, 319, 447),  # queues of POSIX; keys; memory without a name
            *(101, 310, 311, 438),  # other processes' memory and descriptors
            *(272, 308, 165, 166, 155, 161),  # namespaces, mounts
            *(298, 321, 323, 425, 426, 427, 251),  # parts of the kernel with a past; priority of input and output
        ],
    ),
    "aarch64": (
        0xC00000B7,
        [
            *(194, 195, 196, 197, 190, 191, 192, 193, 186, 187, 188, 189),
            *(180, 217, 218, 219, 279, 447),
            *(117, 270, 271, 438),
            *(97, 268, 40, 39, 41, 51),
            *(241, 280, 282, 425, 426, 427, 30),
        ],
    ),
}
# Mounts without a path, which have the same numbers on all machines: open_tree, move_mount, fsopen, fsconfig, fsmount,
# fspick, mount_setattr, open_tree_attr
_MOUNTS = (428, 429, 430, 431, 432, 433, 442, 467)
# New processes: clone with those flags that make a namespace (linux/sched.h) is taken away. Where its flags lie in
# memory (clone3) no filter can read them; libraries use the older call where there is no such one.
_CLONE, _CLONE3, _NAMESPACES = {"x86_64": 56, "aarch64": 220}, 435, 0x7E020000
# Calls that a process may use on itself only: their numbers, and the arguments that must be 0 then.
# prlimit64, sched_setparam, sched_setscheduler, sched_setaffinity, sched_setattr; setpriority
_ON_ITSELF = {
    "x86_64": {302: (0,), 142: (0,), 144: (0,), 203: (0,), 314: (0,), 141: (0, 1)},
    "aarch64": {261: (0,), 118: (0,), 119: (0,), 122: (0,), 274: (0,), 140: (0, 1)},
}
_X32 = 0x40000000  # x86_64 has all calls once more, from here on

_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06  # linux/bpf_common.h
_ALLOW, _FAIL, _UNKNOWN = 0x7FFF0000, 0x00050000 | errno.EPERM, 0x00050000 | errno.ENOSYS  # linux/seccomp.h
_NUMBER, _MACHINE, _ARGUMENTS = 0, 4, 16  # places in struct seccomp_data
_PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS, _FILTER = 22, 38, 2  # linux/prctl.h


def knows_this_machine() -> bool:
    """Whether anything can be taken away here."""
    return sys.platform == "linux" and platform.machine() in _MACHINES


def take_away() -> None:
    """Take the calls away from this process, for good. Does nothing on machines whose numbers are not known here.

    Raises OSError where the kernel of the system does not let it.
    """
    if not knows_this_machine():
        return
    code = _program(platform.machine())
    buffer = ctypes.create_string_buffer(code, len(code))
    filter_ = struct.pack("HxxxxxxP", len(code) // 8, ctypes.addressof(buffer))
    libc = ctypes.CDLL(None, use_errno=True)
    for option, *arguments in ((_PR_SET_NO_NEW_PRIVS, 1, 0), (_PR_SET_SECCOMP, _FILTER, filter_)):
        if libc.prctl(option, *arguments, 0, 0):
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def _program(machine: str) -> bytes:
    """The filter: classic BPF, in which a jump names how many steps are left out if it holds, and if not."""
    number, whole = _MACHINES[machine]
    steps = [(_LOAD, 0, 0, _MACHINE), (_EQUAL, 1, 0, number), (_RETURN, 0, 0, _FAIL), (_LOAD, 0, 0, _NUMBER)]
    if machine == "x86_64":
        steps += [(_AT_LEAST, 0, 1, _X32), (_RETURN, 0, 0, _FAIL)]
    for call in (*whole, *_MOUNTS):
        steps += [(_EQUAL, 0, 1, call), (_RETURN, 0, 0, _FAIL)]
    steps += [(_EQUAL, 0, 1, _CLONE3), (_RETURN, 0, 0, _UNKNOWN), (_EQUAL, 0, 4, _CLONE[machine])]
    steps += [(_LOAD, 0, 0, _ARGUMENTS), (_ANY_BIT, 0, 1, _NAMESPACES), (_RETURN, 0, 0, _FAIL), (_RETURN, 0, 0, _ALLOW)]
    for call, places in _ON_ITSELF[machine].items():
        steps.append((_EQUAL, 0, 3 * len(places) + 1, call))
        for place in places:
            steps += [(_LOAD, 0, 0, _ARGUMENTS + 8 * place), (_EQUAL, 1, 0, 0), (_RETURN, 0, 0, _FAIL)]
        steps.append((_RETURN, 0, 0, _ALLOW))
    steps.append((_RETURN, 0, 0, _ALLOW))
    return b"".join(struct.pack("HBBI", *step) for step in steps)
