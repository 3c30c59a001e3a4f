"""nbgrader's own interface for a course: its settings and its commands, without what it logs."""

from __future__ import annotations

import logging
import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from traitlets.config.loader import Config, PyFileConfigLoader

from autograder.course import Course
from autograder.errors import UserError

if TYPE_CHECKING:
    from nbgrader.apps.api import NbGraderAPI


def load_config(course: Course) -> Config:
    """The settings in the course's nbgrader_config.py. Raises UserError if it cannot be loaded."""
    try:
        return PyFileConfigLoader("nbgrader_config.py", str(course.root)).load_config()
    except Exception as error:
        raise UserError(f"nbgrader_config.py: cannot be loaded: {type(error).__name__}: {error}") from None


@contextmanager
def silent_nbgrader(course: Course) -> Iterator[NbGraderAPI]:
    """nbgrader's interface for this course; nothing that it logs or warns of is shown meanwhile."""
    from nbgrader.apps.api import NbGraderAPI

    logging.disable(logging.CRITICAL)
    before = Path.cwd()
    os.chdir(course.root)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            config = load_config(course)
            config.CourseDirectory.root = str(course.root)
            yield NbGraderAPI(config=config)
    finally:
        os.chdir(before)
        logging.disable(logging.NOTSET)


def must_succeed(result: dict[str, Any]) -> None:
    """Raise UserError with nbgrader's last word if what it did has failed."""
    if not result["success"]:
        raise UserError(f"nbgrader failed: {str(result['error'] or result['log']).strip().splitlines()[-1]}")
