"""Replacing files so that nobody ever sees half of one."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path


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
