"""What a course's nbgrader_config.py says."""

from __future__ import annotations

from traitlets.config.loader import Config, PyFileConfigLoader

from autograder.course import Course
from autograder.errors import UserError


def load_config(course: Course) -> Config:
    """The settings in the course's nbgrader_config.py. Raises UserError if it cannot be loaded."""
    try:
        return PyFileConfigLoader("nbgrader_config.py", str(course.root)).load_config()
    except Exception as error:
        raise UserError(f"nbgrader_config.py: cannot be loaded: {type(error).__name__}: {error}") from None
