"""The one exception that a failed check raises, and the shape of its message.

A message says, in this order: what the student's code was asked to do, what was seen, what was expected, and then
one question that helps. It is shown without a stack: neither the frames of the checks nor the source of the test
cell (which may be hidden) belongs in front of a student.
"""

from __future__ import annotations

LONGEST_LINE = 300
LONGEST_MESSAGE = 6000


class CheckFailed(AssertionError):
    """A check of student code failed; `str()` of it is the whole message for the student."""

    def _render_traceback_(self) -> list[str]:
        # IPython asks an exception for this method before it renders a traceback of its own.
        return [f"{type(self).__name__}: {self}"]


def failed(did: str, seen: str, expected: str, ask: str = "", picture: str = "") -> CheckFailed:
    """Make (not raise) the exception for one failed check.

    Parameters: `did`, the call as the student would write it; `seen` and `expected`, one clause each, without a
    full stop; `ask`, one question; `picture`, a few lines of text drawn from what happened (kept as they are).
    Long parts are cut in the middle, so that a student's value of a gigabyte makes a message of a few lines.
    """
    lines = [did and shorten(did), f"  seen:      {shorten(seen)}", f"  expected:  {shorten(expected)}"]
    if ask:
        lines.append(f"  question:  {shorten(ask, 600)}")
    if picture:
        lines += ["", picture]
    return CheckFailed("\n".join(line for line in lines if line or picture)[:LONGEST_MESSAGE])


def shorten(text: str, longest: int = LONGEST_LINE) -> str:
    """The text if it is short enough, else its beginning and end around the number of characters left out."""
    if len(text) <= longest:
        return text
    keep = (longest - 30) // 2
    return f"{text[:keep]} ... {len(text) - 2 * keep} characters ... {text[-keep:]}"
