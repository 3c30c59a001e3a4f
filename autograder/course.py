"""Where the parts of the course lie on disk, and which assignments it has."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from autograder.errors import UserError


@dataclass(frozen=True)
class Course:
    """The folders of a course whose top folder is `root`. None of them but `source` needs to exist."""

    root: Path

    @property
    def source(self) -> Path:
        """Exercises with their solutions and hidden tests, one folder for each assignment."""
        return self.root / "source"

    @property
    def release(self) -> Path:
        """What students get, made from `source`."""
        return self.root / "release"

    @property
    def notebooks(self) -> Path:
        """The lessons."""
        return self.root / "notebooks"

    @property
    def answers(self) -> Path:
        """Right and wrong solutions of each exercise."""
        return self.root / "answers"

    @property
    def build(self) -> Path:
        """Whatever is made and may be deleted at any time."""
        return self.root / "build"

    def assignments(self) -> list[str]:
        """The names of all assignments, in order."""
        return sorted(path.name for path in self.source.iterdir() if path.is_dir() and not path.name.startswith("."))

    def select(self, names: Iterable[str] = ()) -> list[str]:
        """The assignments called `names`, or all of them if there are no names.

        Raises UserError, which names the known ones, if there is no such assignment.
        """
        known = self.assignments()
        names = list(dict.fromkeys(names))
        unknown = [name for name in names if name not in known]
        if unknown:
            raise UserError(
                f"no assignment {', '.join(unknown)} in source/; there is: {', '.join(known) or 'none yet'}"
            )
        return [name for name in known if not names or name in names]


def find_root(start: Path | None = None) -> Course:
    """The course that the folder `start` (default: the current one) lies in: the nearest one upwards.

    Raises UserError if no folder upwards holds `source/` and `nbgrader_config.py`.
    """
    start = (start or Path.cwd()).resolve()
    for folder in (start, *start.parents):
        if (folder / "source").is_dir() and (folder / "nbgrader_config.py").is_file():
            return Course(folder)
    raise UserError(f"{start} is not in a course: go to the folder that holds source/ and nbgrader_config.py")
