"""A tiny course in a temporary folder, and worker processes as they are under a notebook."""

from __future__ import annotations

import multiprocessing
import shutil
import sys
from collections.abc import Iterator
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


@pytest.fixture
def as_in_a_notebook(monkeypatch: pytest.MonkeyPatch) -> None:
    """The main module is none that a worker imports; here it is pytest, which takes long."""
    monkeypatch.setattr(sys.modules["__main__"], "__spec__", None)
    monkeypatch.delattr(sys.modules["__main__"], "__file__", raising=False)


@pytest.fixture(params=multiprocessing.get_all_start_methods())
def start_method(
    request: pytest.FixtureRequest, as_in_a_notebook: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[str]:
    """Each of them in turn, in a folder whose modules workers find."""
    before = multiprocessing.get_start_method()
    multiprocessing.set_start_method(request.param, force=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    yield request.param
    for file in tmp_path.glob("*.py"):
        sys.modules.pop(file.stem, None)
    multiprocessing.set_start_method(before, force=True)
