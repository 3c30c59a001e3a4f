"""What runs elsewhere: the workflows and the container image name only what exists, and the class's workflow grades."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml

from autograder.authoring.release import release
from autograder.grading import sandbox
from autograder.notebooks import fill_in, read, to_bytes
from tests.commands import assert_commands_exist

ROOT = Path(__file__).resolve().parents[1]
TEMPLATE = ROOT / "templates" / "grade.yml"
WORKFLOWS = [ROOT / ".github" / "workflows" / "tests.yml", TEMPLATE]


def steps(path):
    workflow = yaml.safe_load(path.read_text())
    assert workflow[True], "`on`, which YAML takes for a truth value"
    return [step for job in workflow["jobs"].values() for step in job["steps"]]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_names_actions_by_their_major_version_and_commands_that_exist(path):
    for step in steps(path):
        assert ("uses" in step) != ("run" in step)
        if "uses" in step:
            assert re.fullmatch(r"actions/[a-z-]+@v\d+", step["uses"])
    commands = "\n".join(step.get("run", "") for step in steps(path))
    assert_commands_exist(commands)
    for script in re.findall(r"bash (\S+)", commands):
        assert (ROOT / script).is_file()


def test_the_image_is_made_of_files_that_exist_and_runs_the_command():
    lines = (ROOT / "Containerfile").read_text()
    copied = [name for line in re.findall(r"^COPY (.+)$", lines, re.MULTILINE) for name in line.split()[:-1]]
    assert copied
    assert [name for name in copied if not (ROOT / name).exists()] == []
    assert 'ENTRYPOINT ["autograder"]' in lines
    assert_commands_exist(lines)


@pytest.mark.skipif(sys.platform == "win32", reason="the class's workflow runs on Linux")
@pytest.mark.skipif(bool(sandbox.why_not()), reason="no sandbox can be made here")
def test_a_push_to_a_class_repository_is_graded_with_scores_in_the_summary_and_in_junit(course, tmp_path):
    release(course)
    for student, code in (("alpha", "def double(n):\n    return n + n"), ("be|ta", "def double(n):\n    return n")):
        book = read(course.release / "one" / "doubling.ipynb")
        fill_in(book, "double", code)
        folder = course.root / "submitted" / student / "one"
        folder.mkdir(parents=True)
        (folder / "doubling.ipynb").write_bytes(to_bytes(book))
    (course.root / ".venv" / "bin").mkdir(parents=True)
    (course.root / ".venv" / "bin" / "activate").write_text("")
    summary = tmp_path / "summary.md"
    (script,) = [step["run"] for step in steps(TEMPLATE) if step.get("name") == "Grade"]
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    ended = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
        cwd=course.root,
        env={**os.environ, "PATH": path, "GITHUB_STEP_SUMMARY": str(summary)},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert summary.read_text().splitlines() == [
        *("### one", "", "| student | notebook | points | of | |", "|---|---|--:|--:|---|"),
        "| alpha | doubling | 3 | 3 |  |",
        r"| be\|ta | doubling | 0 | 3 |  |",
        "",
    ]
    cases = ElementTree.parse(course.root / "grades" / "one.xml").findall(".//testcase")
    assert [(case.get("classname"), case.get("name"), case.find("failure") is None) for case in cases] == [
        ("one/alpha/doubling", "double-two", True),
        ("one/alpha/doubling", "double-negative", True),
        ("one/be|ta/doubling", "double-two", False),
        ("one/be|ta/doubling", "double-negative", False),
    ]
    assert (course.root / "grades" / "one.csv").read_text().count("\n") == 3
    assert len(list((course.root / "feedback").rglob("*.html"))) == 2
