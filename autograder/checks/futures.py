"""Tells in a few words what a future holds, so that a check can compare it and a message can show it."""

from __future__ import annotations

from concurrent.futures import CancelledError, Future
from typing import Any

from autograder.checks.values import describe


def state_of(future: Any) -> str:
    """What a future of `concurrent.futures` holds now, without waiting for it.

    Returns: "not done", "cancelled", "result 10" or "exception KeyError('x')". A future that was finished with a
    CancelledError counts as cancelled: whoever asks for its result sees no difference.
    """
    if not isinstance(future, Future):
        return f"{describe(future)}, which is no Future"
    if not future.done():
        return "not done"
    if future.cancelled():
        return "cancelled"
    try:
        error = future.exception(timeout=0)
        if isinstance(error, CancelledError):
            return "cancelled"
        return f"result {describe(future.result(timeout=0))}" if error is None else f"exception {describe(error)}"
    except Exception as error:
        return f"done, but asking it raises {describe(error)}"
