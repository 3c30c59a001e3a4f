"""A tiny course in a temporary folder, for tests of what works on whole courses."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from autograder.course import Course
from tests.tiny import doubling, save

PROJECT = Path(__file__).parents[1]


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """A course with this project's nbgrader_config.py and the assignment `one`, whose notebook is `doubling`."""
    save(tmp_path / "source" / "one" / "doubling.ipynb", doubling())
    shutil.copy(PROJECT / "nbgrader_config.py", tmp_path)
    return Course(tmp_path)
