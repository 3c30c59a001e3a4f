"""Compares the circle of waiting threads that a student's function finds with the ones that are there."""

from __future__ import annotations

from typing import Any

from autograder.checks.failure import failed
from autograder.checks.fence import Call
from autograder.checks.values import describe, plain, same


def expect_circle(call: Call, *circles: list[str], ask: str = "") -> None:
    """The call returns one of these circles, whoever in it comes first.

    Parameters: `circles`, each a list in which everybody waits for the next one, and the last one for the first;
    `ask`, the question for a result that is none of the known mistakes. Raises CheckFailed.
    """
    if call.error is not None:
        call.expect_result(circles[0], ask)
    if not any(same(call.value, turned) for circle in circles for turned in _turned(circle)):
        others = ", or one that begins with another name of it" if len(circles[0]) > 1 else ""
        raise failed(
            call.shown,
            f"returned {describe(call.value)}",
            " or ".join(map(describe, circles)) + others,
            _question(plain(call.value), circles) or ask,
        )


def _turned(circle: list[str]) -> list[list[str]]:
    return [circle[place:] + circle[:place] for place in range(len(circle))]


def _question(value: Any, circles: tuple[list[str], ...]) -> str:
    if value is None:
        return "None says that nobody waits in a circle. Where does the search begin, and where does it give up?"
    if type(value) is not list:
        return "Is it a list, as the task asks?"
    for circle in circles:
        if any(same(value, [*turned, turned[0]]) for turned in _turned(circle)):
            return "Is each name in the list once?"
        if any(same(value, turned[::-1]) for turned in _turned(circle)):
            return "Does each one in the list wait for the next one, or for the one before it?"
        if len(value) > len(circle) and any(same(value[-len(circle) :], turned) for turned in _turned(circle)):
            return f"Does anybody in the circle wait for {describe(value[0])}?"
    return ""
