"""An instructor's whole way with the demo's class, by the commands of the README, in their order; and the documents."""

from __future__ import annotations

import csv
import html
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from autograder.authoring.release import release
from autograder.checks.failure import CheckFailed
from autograder.course import Course
from autograder.demo import _read, make_samples
from autograder.grading import sandbox
from autograder.notebooks import HIDDEN, find_notebooks, read, split_region
from tests.commands import assert_commands_exist, command_lines

PROJECT = Course(Path(__file__).resolve().parents[1])
README = (PROJECT.root / "README.md").read_text(encoding="utf-8")
DOCUMENTS = sorted((PROJECT.root / "docs").glob("*.md"))
ASSIGNMENT = "02_pools"
SHORTEST = 20  # characters of a line by which a hidden test is known; shorter ones stand in any code


@pytest.fixture
def clone(tmp_path):
    """A copy of the course with one assignment, and an export of a learning platform with the demo's class."""
    course = Course(tmp_path / "course")
    course.root.mkdir()
    for folder in ("source", "answers"):
        shutil.copytree(PROJECT.root / folder / ASSIGNMENT, course.root / folder / ASSIGNMENT)
    shutil.copytree(PROJECT.notebooks / ASSIGNMENT, course.notebooks / ASSIGNMENT)
    shutil.copy(PROJECT.root / "nbgrader_config.py", course.root)
    other = Course(tmp_path / "other")
    shutil.copytree(course.source, other.source)
    shutil.copy(PROJECT.root / "nbgrader_config.py", other.root)
    release(other)
    samples = list(make_samples(_read(course, other, ASSIGNMENT)))
    (course.root / "downloaded").mkdir()
    with zipfile.ZipFile(course.root / "downloaded" / "export.zip", "w") as export:
        for sample in samples:
            for name, content in sample.files.items():
                export.writestr(f"02 Pools/{sample.student}_assignsubmission_file_/{name}", content)
    return course, {sample.student: sample.deserved for sample in samples if sample.files}


def hidden_lines():
    hidden, public = set(), set()
    for path in find_notebooks(PROJECT.source / ASSIGNMENT):
        for cell in read(path)["cells"]:
            inside, outside = split_region(cell["source"], HIDDEN)
            hidden.update(map(str.strip, inside))
            public.update(map(str.strip, outside))
    return {line for line in hidden - public if len(line) >= SHORTEST}


@pytest.mark.skipif(bool(sandbox.why_not()), reason="no sandbox can be made here")
def test_the_commands_of_the_readme_lead_from_clone_to_grades(clone):
    course, deserved = clone
    lines = command_lines(README, "## For instructors: from clone to grades")
    names = [shlex.split(line)[:2] for line in lines]
    assert names == [
        *(["autograder", name] for name in ("release", "bundle", "collect", "grade")),
        ["make", "lab"],
        *(["autograder", name] for name in ("feedback", "report")),
    ]
    said = {}
    for line in lines:
        program, command, *arguments = shlex.split(line)
        if program == "make":
            deserved[correct_by_hand(course)] += 0.5
            continue
        said[command] = subprocess.run(
            [sys.executable, "-m", program, command, *arguments],
            cwd=course.root,
            env={**os.environ, "PYTHONWARNINGS": "ignore"},
            capture_output=True,
            text=True,
            timeout=600,
        )
        wanted = 1 if command == "grade" else 0  # two of the class cannot be read
        assert said[command].returncode == wanted, (line, said[command].stdout, said[command].stderr)
    refused = said["grade"].stderr.splitlines()
    assert [line.partition("/")[0] for line in refused if line.startswith("refused")] == [
        "refused: corrupt",
        "refused: empty",
    ]

    rows = list(csv.DictReader(io.StringIO((course.build / "scores.csv").read_text(encoding="utf-8"))))
    assert {row["student_id"]: float(row["score"]) for row in rows} == deserved
    with zipfile.ZipFile(course.build / "course.zip") as archive:
        assert f"course/release/{ASSIGNMENT}/thread_pools.ipynb" in archive.namelist()
    pages = list((course.root / "feedback").rglob("*.html"))
    assert len(pages) == len(deserved) * len(find_notebooks(course.source))
    written = "".join(path.read_text(encoding="utf-8") for path in course.answers.rglob("*.py"))
    secret = {line for line in hidden_lines() if line not in written}  # students' own lines may be shown
    assert len(secret) > 100
    for page in (*pages, course.build / "report.html"):
        text = html.unescape(re.sub(r"<[^>]*>", "", page.read_text(encoding="utf-8")))
        assert [line for line in secret if line in text] == [], page.name


def correct_by_hand(course):
    """Give half a point for a test that failed, as formgrader does; whose it was."""
    with Gradebook(f"sqlite:///{course.root / 'gradebook.db'}") as gradebook:
        submission = gradebook.find_submission_notebook("thread_pools", ASSIGNMENT, "wrong-1")
        grade = next(grade for grade in submission.grades if grade.auto_score == 0)
        grade.manual_score = 0.5
        gradebook.db.commit()
        return "wrong-1"


@pytest.mark.parametrize("path", [PROJECT.root / "README.md", *DOCUMENTS], ids=lambda path: path.stem)
def test_a_document_names_only_commands_and_files_that_exist(path):
    text = path.read_text(encoding="utf-8")
    assert_commands_exist(text)
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", text) if not link.startswith("https://")]
    assert [link for link in links if not (path.parent / link).exists()] == []
    folders = re.findall(r"`((?:notebooks|source|release|answers|templates|docs)/[\w./]*)`", text)
    assert [name for name in folders if not (PROJECT.root / name).exists() and "NOTEBOOK" not in name] == []


def test_the_test_cell_to_copy_passes_what_is_right_and_fails_what_is_wrong(monkeypatch):
    text = (PROJECT.root / "docs" / "checks.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    run_with(monkeypatch, code, "list(pool.map(fetch, urls))")
    with pytest.raises(CheckFailed, match="Is each page kept together with its place"):
        run_with(monkeypatch, code, "[each.result() for each in as_completed([pool.submit(fetch, u) for u in urls])]")


def run_with(monkeypatch, code, expression):
    """Run a test cell against an answer, in the module that checks take for the student's."""
    answer = f"""
from concurrent.futures import ThreadPoolExecutor, as_completed
def fetch_all(urls, fetch, workers):
    with ThreadPoolExecutor(workers) as pool:
        return {expression}
"""
    main = vars(sys.modules["__main__"])
    names = {}
    exec(answer, names)
    monkeypatch.setitem(main, "fetch_all", names["fetch_all"])
    exec(code, names)
