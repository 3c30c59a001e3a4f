"""Child processes of the student's code: how they are started, and whether somebody waited for each of them.

A child that has ended stays in the system's table until its parent has waited for it. Whether that has happened can
be read from there, for children of this process; those of `forkserver` are children of that server.
"""

from __future__ import annotations

import multiprocessing

from autograder.checks import quiet
from autograder.checks.failure import failed
from autograder.checks.fence import Call

METHODS = tuple(multiprocessing.get_all_start_methods())
DIRECT = "fork" if "fork" in METHODS else "spawn"


class Children:
    """For a `with` block, child processes are started in one way; ask it inside the block what became of them.

    Parameters: `method`, one of `METHODS`; by default one in which the children are those of this process.
    """

    def __init__(self, method: str = DIRECT) -> None:
        self.method = method
        self._method_before: str | None = None
        self._before: set[int] = set()

    def __enter__(self) -> Children:
        self._method_before = multiprocessing.get_start_method(allow_none=True)
        multiprocessing.set_start_method(self.method, force=True)
        self._before = quiet.children()
        return self

    def __exit__(self, *_: object) -> None:
        multiprocessing.set_start_method(self._method_before, force=True)

    def expect_joined(self, call: Call, ask: str = "Who waits for the end of each child?") -> None:
        """When the call has ended, so have all of its children, and it has waited for each. Raises CheckFailed."""
        call.expect_end()
        call.run.settle()
        left = [pid for pid in quiet.children() - self._before if not quiet.is_helper(pid)]
        if left:
            raise failed(
                call.shown,
                f"the call ended without waiting for the end of {len(left)} child process{'es' * (len(left) > 1)}",
                "each child has been joined",
                ask,
            )

    def expect_end(self, call: Call, ask: str) -> None:
        """The call ends; if it cannot, the message says who waits where, and asks this. Raises CheckFailed."""
        call.run.settle()
        if not call.finished:
            waiting = len(call.run.children_left())
            also = f", and {waiting} child process{'es wait' if waiting > 1 else ' waits'} too" if waiting else ""
            raise failed(
                call.shown,
                "the call never ends" + also + call.run.whereabouts(),
                "a call that ends",
                ask,
            )
