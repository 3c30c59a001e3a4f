"""Writing files so that nobody ever sees half of one."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from autograder.errors import UserError

STDOUT = "-"


def replace_files(new: Mapping[Path, bytes], delete: Iterable[Path] = ()) -> None:
    """Write each file of `new` whole, then delete the files `delete`.

    All contents are first written beside their places, under names of their own; only when that has worked for each of
    them is the first one put in its place. So a full disk or a folder without write permission changes nothing.

    Raises OSError, which names the file, if something cannot be written.
    """
    staged: dict[Path, Path] = {}
    try:
        for path, data in new.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            beside = path.with_name(f".{path.name}.{os.getpid()}.new")
            staged[path] = beside
            beside.write_bytes(data)
            if path.exists():
                shutil.copymode(path, beside)
        for path, beside in staged.items():
            os.replace(beside, path)
        for path in delete:
            path.unlink()
    except OSError as error:
        named = {str(beside): str(path) for path, beside in staged.items()}
        error.filename = named.get(str(error.filename), error.filename)
        raise
    finally:
        for beside in staged.values():
            beside.unlink(missing_ok=True)


def check_result_file(name: str | None) -> None:
    """Raise UserError if results cannot be written to the file of this name; before long work, not after it."""
    if name not in (None, STDOUT) and not Path(name).absolute().parent.is_dir():
        raise UserError(f"{name}: its folder does not exist; make it, or name another file")


def write_result(name: str, text: str) -> None:
    """Write results for a program to the file of this name, or to stdout if it is `-`. Raises OSError."""
    if name == STDOUT:
        sys.stdout.write(text)
    else:
        replace_files({Path(name): text.encode()})
