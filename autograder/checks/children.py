"""Child processes of the student's code: how they are started, and whether somebody waited for each of them.

A child that has ended stays in the system's table until its parent has waited for it. Whether that has happened can
be read from there, for children of this process; those of `forkserver` are children of that server. How long a child
takes to end nobody knows: the first wait for it that has a time-out is over before that.
"""

from __future__ import annotations

import functools
import multiprocessing
import multiprocessing.queues
from multiprocessing.process import BaseProcess
from typing import Any

from autograder.checks import arrivals, quiet
from autograder.checks.failure import failed
from autograder.checks.fence import Call
from autograder.checks.values import describe

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
        self._children_before: list[BaseProcess] = []
        self._queues: list[str] = []  # the kinds of those that were made
        self._timeouts: dict[BaseProcess, float] = {}  # of the first wait for a child
        self._undo: list[tuple[type, str, Any]] = []

    def __enter__(self) -> Children:
        self._method_before = multiprocessing.get_start_method(allow_none=True)
        multiprocessing.set_start_method(self.method, force=True)
        self._before, self._children_before = quiet.children(), multiprocessing.active_children()
        arrivals.products.clear()
        for kind in (multiprocessing.queues.Queue, multiprocessing.queues.SimpleQueue):
            self._replace(kind, "__init__", self._count)
        self._replace(BaseProcess, "join", self._join)
        return self

    def __exit__(self, *_: object) -> None:
        for owner, name, original in self._undo:
            setattr(owner, name, original)
        multiprocessing.set_start_method(self._method_before, force=True)

    def _replace(self, owner: type, name: str, by: Any) -> None:
        original = getattr(owner, name)
        self._undo.append((owner, name, original))

        @functools.wraps(original)
        def replacement(*arguments: Any, **named: Any) -> Any:
            return by(original, *arguments, **named)

        setattr(owner, name, replacement)

    def _count(self, original: Any, queue: Any, *arguments: Any, **named: Any) -> None:
        self._queues.append(type(queue).__name__)
        original(queue, *arguments, **named)

    def _join(self, original: Any, child: BaseProcess, timeout: float | None = None) -> None:
        if timeout is None or child in self._timeouts:
            original(child, timeout)
        else:
            self._timeouts[child] = timeout

    def expect_joined(self, call: Call, ask: str = "Who waits for the end of each child?") -> None:
        """When the call has ended, so have all of its children, and it has waited for each. Raises CheckFailed."""
        call.expect_end()
        call.run.settle()
        left = [pid for pid in quiet.children() - self._before if not quiet.is_helper(pid)]
        if left:
            seen = f"the call ended without waiting for the end of {len(left)} child process{'es' * (len(left) > 1)}"
            late = [timeout for child, timeout in self._timeouts.items() if child._popen and child._popen.pid in left]
            if late:
                seen += f": join(timeout={describe(late[0])}) was over before it had ended"
                ask = "How long may a child take to end, and what does the caller know when a time-out is over?"
            raise failed(call.shown, seen, "each child has been joined", ask)

    def expect_method(self, call: Call, ask: str = "Who says how the children of a program are started?") -> None:
        """The children that are there were started in the way that is set. Raises CheckFailed."""
        call.run.settle()
        children = [child for child in multiprocessing.active_children() if child not in self._children_before]
        others = [child._popen.method for child in children if child._popen.method != self.method]
        if others:
            seen = f"{len(others)} child process{'es were' if len(others) > 1 else ' was'} started by {others[0]}"
            raise failed(call.shown, seen, f"children that are started by {self.method}, which is set", ask)

    def expect_one_queue(self, call: Call, ask: str = "How many queues does the caller have to read?") -> None:
        """So far no more than one queue was made, and it is a `multiprocessing.Queue`. Raises CheckFailed."""
        call.run.settle()
        proper = [kind for kind in self._queues if kind != "SimpleQueue"]
        if len(proper) > 1 or (self._queues and not proper):
            seen = f"{len(proper)} queues were made" if proper else "a SimpleQueue was made, and no Queue"
            raise failed(call.shown, seen, "one multiprocessing.Queue, the same for all children", ask)

    def expect_no_product(self, call: Call, ask: str = "Which process runs this line?") -> None:
        """So far the calling process has multiplied none of the gate's values. Raises CheckFailed."""
        call.run.settle()
        for number, line in arrivals.products:
            seen = f"the calling process multiplied {describe(number)} at {line}"
            raise failed(call.shown, seen, "only child processes compute squares", ask)

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
