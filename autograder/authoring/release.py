"""Making the students' copy of assignments: source/ without solutions and hidden tests becomes release/.

nbgrader's own generate_assignment does it, with the settings of the course's nbgrader_config.py, but in a temporary
folder and without a gradebook. Only when each notebook is made and found clean do files in release/ change.
"""

from __future__ import annotations

import logging
import tempfile
import warnings
from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.authoring.normalise import normalise
from autograder.authoring.rules import DATA, IGNORED, breaches, leaks, misplaced_files
from autograder.course import Course
from autograder.errors import UserError
from autograder.files import replace_files
from autograder.nbgrader_app import load_config
from autograder.notebooks import Notebook, parse, read, to_bytes

if TYPE_CHECKING:
    from traitlets.config import Config


@dataclass(frozen=True)
class Change:
    """How a file in release/ stood to what source/ gives: `state` is same, differs, lacks or left over."""

    file: str
    state: str


def release(course: Course, names: Iterable[str] = (), check: bool = False) -> list[Change]:
    """Make release/ anew from source/ and return how each of its files stood before.

    Parameters: `names`, assignments; default: all, and then whole assignments in release/ that are no longer in
    source/ are left over too. With `check` nothing is written.
    Raises UserError, a line for each breach of the rules, if an assignment must not be released; OSError if release/
    cannot be written. In both cases release/ stays as it was.
    """
    names = list(names)
    chosen = course.select(names)
    made = make(course, chosen)
    wanted = {course.release / name: data for name, data in made.items()}
    present = _files(*(course.release / name for name in chosen)) if names else _files(course.release)
    changes = dict.fromkeys(present - wanted.keys(), "left over")
    for path, data in wanted.items():
        changes[path] = "lacks" if path not in present else "same" if path.read_bytes() == data else "differs"
    if not check:
        left_over = [path for path, state in changes.items() if state == "left over"]
        replace_files(
            {path: wanted[path] for path, state in changes.items() if state in ("differs", "lacks")}, left_over
        )
        _remove_empty_folders(left_over, course.release)
    return [Change(path.relative_to(course.root).as_posix(), changes[path]) for path in sorted(changes)]


def make(course: Course, assignments: Iterable[str]) -> dict[str, bytes]:
    """The released files of the assignments: path within release/, with forward slashes, to contents.

    Raises UserError, a line for each breach of the rules, if one of them must not be released.
    """
    wrong: list[str] = []
    sources: dict[str, Notebook] = {}
    data: dict[str, bytes] = {}
    for assignment in assignments:
        wrong += misplaced_files(course.source, assignment)
        folder = course.source / assignment
        for path in sorted(folder.glob("*.ipynb")):
            name = f"{assignment}/{path.name}"
            try:
                sources[name] = read(path, f"source/{name}")
            except UserError as error:
                wrong += error.lines
            else:
                wrong += breaches(sources[name], name.removesuffix(".ipynb"))
        if not any(folder.glob("*.ipynb")):
            wrong.append(f"source/{assignment}: has no notebooks")
        for path in sorted(_files(folder / DATA)):
            data[path.relative_to(course.source).as_posix()] = path.read_bytes()
    if wrong:
        raise UserError(*wrong)
    with tempfile.TemporaryDirectory(prefix="autograder-release-") as temporary:
        generated = _generate(
            course, Path(temporary), {name: normalise(notebook) for name, notebook in sources.items()}
        )
    released = {name: normalise(parse(text, f"release/{name}"), released=True) for name, text in generated.items()}
    for name, notebook in sources.items():
        wrong += leaks(notebook, released[name], name.removesuffix(".ipynb"))
    if wrong:
        raise UserError(*wrong)
    return {**data, **{name: to_bytes(notebook) for name, notebook in released.items()}}


def _generate(course: Course, root: Path, sources: dict[str, Notebook]) -> dict[str, bytes]:
    """What nbgrader's generate_assignment makes of the notebooks, in an empty folder `root`."""
    for name, notebook in sources.items():
        path = root / "source" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(to_bytes(notebook))
    with warnings.catch_warnings():  # of nbgrader and what it imports; and nbgrader_config.py sets filters of its own
        warnings.simplefilter("ignore")
        config = load_config(course)
        for assignment in dict.fromkeys(name.partition("/")[0] for name in sources):
            _run_nbgrader(config, root, assignment)
    return {name: (root / "release" / name).read_bytes() for name in sources}


def _run_nbgrader(config: Config, root: Path, assignment: str) -> None:
    from nbgrader.converters import GenerateAssignment, NbGraderException
    from nbgrader.coursedir import CourseDirectory

    config = deepcopy(config)
    config.SaveCells.enabled = False
    messages = _Messages()
    log = logging.Logger("nbgrader", logging.ERROR)
    log.addHandler(messages)
    folders = CourseDirectory(
        config=config,
        log=log,
        root=str(root),
        source_directory="source",
        release_directory="release",
        assignment_id=assignment,
    )
    try:
        GenerateAssignment(coursedir=folders, config=config, log=log, no_database=True).start()
    except NbGraderException:
        raise UserError(f"source/{assignment}: nbgrader cannot make the release: {messages.reason}") from None


class _Messages(logging.Handler):
    """Keeps nbgrader's messages from the user, and the reason that the first traceback among them ends with."""

    reason = ""

    def emit(self, record: logging.LogRecord) -> None:
        lines = record.getMessage().strip().splitlines()
        if lines and lines[0].startswith("Traceback") and not self.reason:
            self.reason = lines[-1]


def _files(*folders: Path) -> set[Path]:
    """All files and links in the folders and below."""
    return {
        path
        for folder in folders
        for path in folder.rglob("*")
        if (path.is_file() or path.is_symlink()) and not set(IGNORED) & set(path.relative_to(folder).parts)
    }


def _remove_empty_folders(deleted: Iterable[Path], top: Path) -> None:
    """Remove the folders between the deleted files and `top` that are now empty."""
    for path in deleted:
        for folder in path.parents:
            if folder == top or any(folder.iterdir()):
                break
            folder.rmdir()
