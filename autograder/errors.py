"""Errors that are meant for the person at the command line.

Anything below the command line raises `UserError` with a line that says what happened, what was expected and what to
do; the command line prints it without a traceback and ends with a code other than 0.
"""

from __future__ import annotations

import errno


class UserError(Exception):
    """Something that the user can put right; `lines` holds one clear line for each thing that is wrong."""

    def __init__(self, *lines: str):
        super().__init__("\n".join(lines))
        self.lines = lines


def explain_os_error(error: OSError) -> str:
    """One line for an error of the operating system: which file, what is wrong with it, what to do."""
    where = f"{error.filename}: " if error.filename else ""
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"{where}not allowed here ({error.strerror}); change who may read and write it, then run this again"
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"{where}the disk is full ({error.strerror}); make room, then run this again"
    return f"{where}{error.strerror or error}"
