"""The course's settings, for courses that tests make."""

from __future__ import annotations

import shutil
from pathlib import Path

from autograder.grading import sandbox

ROOT = Path(__file__).resolve().parents[1]


def configure(folder: Path) -> bool:
    """Copy the course's settings there; whether what is graded runs in a sandbox, as it does where one can be made."""
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    sealed = not sandbox.why_not()
    if not sealed:
        unseal(folder)
    return sealed


def unseal(folder: Path) -> None:
    """Let the course in this folder grade without a sandbox."""
    with (folder / "nbgrader_config.py").open("a") as file:
        file.write("\nc.Autograder.sandbox = False\n")
