"""What the operating system tells of threads and processes, to root and to others."""

from __future__ import annotations

import ctypes
import os
import sys

import pytest

from autograder.checks import quiet

NOBODY = 65_534
PR_SET_DUMPABLE = 4  # linux/prctl.h


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_child_that_has_ended_and_is_not_reaped_has_ended_for_an_ordinary_user_too():
    ours = os.fork()
    if not ours:
        found = quiet.Blocked(None)
        try:
            if os.getuid() == 0:
                os.setresuid(NOBODY, NOBODY, NOBODY)
                ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 1, 0, 0, 0)  # which the change of user took away
            ended = os.fork()
            if not ended:
                os._exit(0)
            os.waitid(os.P_PID, ended, os.WEXITED | os.WNOWAIT)
            found = quiet._blocked(ended, ended, quiet.REACH)
        finally:
            os._exit(0 if found == quiet.Blocked("ended") else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(ours, 0)[1]) == 0
