"""The Makefile makes .venv whole or not at all, and git sees nothing of what the course's tools leave behind.

No test here installs anything: a stand-in for Python answers as an old, a bare or a complete one would, and makes an
environment whose own Python only writes down what it was asked to do.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]

pytestmark = pytest.mark.skipif(not shutil.which("make"), reason="there is no make")

# Answers `-c CODE` as the real Python does, after the change PRELUDE; `-m venv` makes an environment that records.
STAND_IN = """#!/bin/sh
if [ "$1" = -m ]; then
    mkdir -p .venv/bin && cp "$(dirname "$0")/recorder" .venv/bin/python && touch .venv/bin/activate
else
    exec '{python}' -c 'import sys; sys._base_executable = sys.argv[1]; {prelude}; exec(sys.argv[2])' "$0" "$2"
fi
"""
RECORDER = """#!/bin/sh
echo "$*" >>calls
test ! -e cut || kill -KILL $PPID
test ! -e broken || { echo "no such package" >&2; exit 1; }
"""


class Project:
    """A folder with this project's Makefile and stand-ins for Python."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "a course"
        self.folder.mkdir()
        for name in ("Makefile", "pyproject.toml", "requirements.lock"):
            shutil.copy(ROOT / name, self.folder)
        (folder / "recorder").write_text(RECORDER)
        (folder / "recorder").chmod(0o755)

    def python(self, name: str = "python", prelude: str = "pass") -> Path:
        """A stand-in of that name, which runs `prelude` before it answers."""
        path = self.folder.parent / name
        path.write_text(STAND_IN.format(python=sys.executable, prelude=prelude))
        path.chmod(0o755)
        return path

    def make(self, *arguments: str, python: Path | str = "") -> subprocess.CompletedProcess[str]:
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
        return subprocess.run(
            ["make", *arguments, *([f"PYTHON={python}"] if python else [])],
            cwd=self.folder,
            env=clean,
            text=True,
            capture_output=True,
            timeout=60,
        )

    def calls(self) -> list[str]:
        """What the Python in .venv was asked to do since the last look."""
        record = self.folder / "calls"
        lines = record.read_text().splitlines() if record.exists() else []
        record.unlink(missing_ok=True)
        return lines

    def change(self, name: str) -> None:
        with (self.folder / name).open("a") as file:
            file.write("# changed\n")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


def lines_for_people(run: subprocess.CompletedProcess[str]) -> list[str]:
    """What stood on stderr, without make's own last word."""
    return [line for line in run.stderr.splitlines() if not re.match(r"make(\[\d+\])?: \*\*\* ", line)]


def test_make_alone_names_the_commands_and_touches_nothing(project: Project) -> None:
    before = sorted(project.folder.iterdir())
    run = project.make(python="there-is-no-such-python")
    assert run.returncode == 0
    assert [line.split()[1] for line in run.stdout.splitlines() if line.startswith("make ")] == [
        *("help", "demo", "test", "stability", "hostile", "bench", "cuts", "lab", "lock", "clean")
    ]
    assert sorted(project.folder.iterdir()) == before


@pytest.mark.parametrize(
    ("prelude", "words"),
    [
        pytest.param('sys.version_info = (3, 8, 18, "final", 0)', ["3.8.18", "3.11 or newer", "PYTHON="], id="too old"),
        pytest.param(
            'sys.modules["ensurepip"] = None', ["ensurepip", "python3-venv"], id="Debian without python3-venv"
        ),
        pytest.param("sys.exit(127)", ["no Python answers", "3.11 or newer", "PYTHON="], id="missing"),
    ],
)
@pytest.mark.parametrize("command", ["demo", "test", "lab"])
def test_an_unfit_python_is_told_in_one_line_and_nothing_is_made(
    project: Project, command: str, prelude: str, words: list[str]
) -> None:
    run = project.make(command, python=project.python(prelude=prelude))
    assert run.returncode != 0
    (line,) = lines_for_people(run)
    assert all(word in line for word in words), line
    assert not (project.folder / ".venv").exists()


def test_an_environment_is_made_once_from_the_lock(project: Project) -> None:
    python = project.python()
    run = project.make("environment", python=python)
    assert run.returncode == 0, run.stderr
    lock, package = project.calls()
    assert "--no-deps -r requirements.lock" in lock
    assert "--no-deps --no-build-isolation --editable ." in package
    run = project.make("environment", python=python)
    assert (run.returncode, run.stdout, run.stderr, project.calls()) == (0, "", "", [])


@pytest.mark.parametrize("name", ["requirements.lock", "pyproject.toml"])
def test_a_changed_description_is_installed_into_the_same_environment(project: Project, name: str) -> None:
    python = project.python()
    project.make("environment", python=python)
    project.calls()
    kept = project.folder / ".venv" / "kept"
    kept.touch()
    project.change(name)
    assert project.make("environment", python=python).returncode == 0
    assert len(project.calls()) == 2
    assert kept.exists()
    project.make("environment", python=python)
    assert project.calls() == []


def test_another_python_makes_another_environment(project: Project) -> None:
    project.make("environment", python=project.python())
    project.calls()
    other = project.python("other", 'sys.version = "3.99.0"')
    leftover = project.folder / ".venv" / "leftover"
    leftover.touch()
    assert project.make("environment", python=other).returncode == 0
    assert len(project.calls()) == 2
    assert not leftover.exists()


def test_an_environment_that_was_moved_is_made_anew(project: Project) -> None:
    python = project.python()
    project.make("environment", python=python)
    project.calls()
    project.folder = project.folder.rename(project.folder.with_name("moved"))
    project.make("environment", python=python)
    assert len(project.calls()) == 2


@pytest.mark.parametrize("there", [False, True], ids=["first installation", "later installation"])
def test_an_environment_whose_installation_was_cut_off_is_made_anew(project: Project, there: bool) -> None:
    python = project.python()
    if there:
        project.make("environment", python=python)
        project.change("requirements.lock")
    cut = project.folder / "cut"
    cut.touch()
    assert project.make("environment", python=python).returncode != 0
    cut.unlink()
    leftover = project.folder / ".venv" / "leftover"
    leftover.touch()
    project.calls()
    assert project.make("environment", python=python).returncode == 0
    assert len(project.calls()) == 2
    assert not leftover.exists()


def test_a_failed_installation_says_why_and_leaves_no_environment(project: Project) -> None:
    (project.folder / "broken").touch()
    run = project.make("test", python=project.python())
    assert run.returncode != 0
    *_, reason, advice = lines_for_people(run)
    assert reason == "no such package"
    assert "could not install" in advice
    assert not (project.folder / ".venv").exists()


def test_clean_removes_what_can_be_made_again_and_nothing_else(project: Project) -> None:
    gone = ["build/demo/x", ".venv/x", ".pytest_cache/x", ".ruff_cache/x", ".hypothesis/x", "autograder/__pycache__/x"]
    kept = ["submitted/ada/02_pools/__pycache__/x", "submitted/ada/02_pools/a.ipynb", "gradebook.db", "autograded/x"]
    kept += ["feedback/x", "source/02_pools/a.ipynb", "release/02_pools/a.ipynb"]
    for name in gone + kept:
        (project.folder / name).parent.mkdir(parents=True, exist_ok=True)
        (project.folder / name).touch()
    assert project.make("clean").returncode == 0
    assert [name for name in gone if (project.folder / name).exists()] == []
    assert [name for name in kept if not (project.folder / name).exists()] == []


IGNORED = [
    ".venv/bin/python",
    "build/demo/gradebook.db",
    "gradebook.db",
    "gradebook.db-journal",
    "submitted/ada/02_pools/thread_pools.ipynb",
    "autograded/ada/02_pools/thread_pools.ipynb",
    "feedback/ada/02_pools/thread_pools.html",
    "exchange/inbound/x",
    "source/02_pools/primes.py",
    "release/02_pools/primes.py",
    "notebooks/02_pools/primes.py",
    "source/02_pools/__pycache__/primes.cpython-311.pyc",
    "source/02_pools/.ipynb_checkpoints/thread_pools-checkpoint.ipynb",
    "autograder.egg-info/PKG-INFO",
    "autograder/__pycache__/cli.cpython-311.pyc",
    ".pytest_cache/README.md",
    ".ruff_cache/CACHEDIR.TAG",
    ".hypothesis/unicode_data",
]

KEPT = [
    "source/02_pools/thread_pools.ipynb",
    "release/02_pools/thread_pools.ipynb",
    "notebooks/02_pools/thread_pools.ipynb",
    "answers/02_pools/thread_pools/fetch_all/right_map.py",
    "autograder/grading/record.py",
    "tests/grading/submitted/odd.ipynb",
    "requirements.lock",
]


@pytest.mark.skipif(not shutil.which("git"), reason="there is no git")
def test_git_sees_what_people_write_and_not_what_tools_leave(tmp_path: Path) -> None:
    shutil.copy(ROOT / ".gitignore", tmp_path)
    git = ["git", "-c", "core.excludesFile=", "-C", str(tmp_path)]
    subprocess.run([*git, "init", "--quiet"], check=True)
    asked = subprocess.run(
        [*git, "check-ignore", "--stdin"], input="\n".join(IGNORED + KEPT), text=True, capture_output=True
    )
    assert asked.stdout.splitlines() == IGNORED


def test_the_workflow_does_what_ci_does_on_each_python() -> None:
    job = yaml.safe_load((ROOT / ".github/workflows/tests.yml").read_text())["jobs"]["tests"]
    pythons = job["strategy"]["matrix"]["python"]
    oldest = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["requires-python"].removeprefix(">=")
    assert pythons == [oldest, "3.12", "3.13"]
    assert [step["run"] for step in job["steps"] if "run" in step][-1] == "bash .ci/run"
    assert "\nmake test\n" in (ROOT / ".ci/run").read_text()


def test_the_readme_names_only_commands_and_files_that_exist() -> None:
    readme = (ROOT / "README.md").read_text()
    targets = re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert set(re.findall(r"(?:`|^ +)make ([a-z]+)", readme, re.MULTILINE)) <= set(targets)
    links = re.findall(r"\]\(([^)]+)\)", readme)
    assert [link for link in links if not link.startswith("https://") and not (ROOT / link).exists()] == []
