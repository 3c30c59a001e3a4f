"""What a course's nbgrader_config.py says, and what its gradebook says when it cannot be used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from traitlets.config.loader import Config, PyFileConfigLoader

from autograder.course import Course
from autograder.errors import UserError

if TYPE_CHECKING:
    from nbgrader.coursedir import CourseDirectory


def load_config(course: Course) -> Config:
    """The settings in the course's nbgrader_config.py. Raises UserError if it cannot be loaded."""
    try:
        return PyFileConfigLoader("nbgrader_config.py", str(course.root)).load_config()
    except Exception as error:
        raise UserError(f"nbgrader_config.py: cannot be loaded: {type(error).__name__}: {error}") from None


def folders_of(course: Course) -> CourseDirectory:
    """nbgrader's folders, as the settings name them; its `config` are the settings. Raises UserError."""
    from nbgrader.coursedir import CourseDirectory

    return CourseDirectory(config=load_config(course), root=str(course.root))


def gradebook_error(error: Exception) -> str:
    """What the database itself said of an error of SQLAlchemy's, on one line."""
    return str(getattr(error, "orig", None) or error).splitlines()[0]
