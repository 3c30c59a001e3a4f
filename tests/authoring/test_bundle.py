"""The archive for students: the whole course, nothing that is not theirs, and it works away from this repository."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from autograder import cli
from autograder.authoring import bundle as bundling
from autograder.authoring.answers import ExerciseRef, read_answers
from autograder.authoring.bundle import bundle, students_package
from autograder.authoring.release import release
from autograder.course import Course
from autograder.errors import UserError
from autograder.notebooks import HIDDEN, SOLUTION, exercises, fill_in, find_notebooks, grade_id, read, split_region
from tests.tiny import cell, notebook, save

PROJECT = Course(Path(__file__).parents[2])
# An editable installation would find in the clone what the archive lacks.
WITHOUT_CLONE = f"import sys; sys.path[:] = [each for each in sys.path if each != {str(PROJECT.root)!r}]"
TEACHERS = ("autograder/grading", "autograder/reporting", "autograder/authoring")
SHORTEST = 20  # characters of a line by which a solution is known; shorter ones stand in any code


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory):
    """The archive of the real course, unpacked outside of the clone."""
    folder = tmp_path_factory.mktemp("student")
    bundle(PROJECT, folder / "course.zip")
    with zipfile.ZipFile(folder / "course.zip") as archive:
        archive.extractall(folder)
    return folder / "course"


@pytest.fixture(scope="module")
def installed(unpacked, tmp_path_factory):
    """Where the package of the archive was installed to, by pip; what it needs is there already."""
    place = tmp_path_factory.mktemp("installed")
    copy = shutil.copytree(unpacked, tmp_path_factory.mktemp("copy") / "course")  # pip leaves build/ behind
    options = ["--quiet", "--no-deps", "--no-build-isolation", "--no-index", "--disable-pip-version-check"]
    pip = [sys.executable, "-m", "pip", "install", *options, "--target", str(place), "."]
    ended = subprocess.run(pip, cwd=copy, capture_output=True, text=True, timeout=120)
    assert ended.returncode == 0, ended.stderr
    return place


def secret_lines():
    """Lines of solutions, hidden tests and answers, without those that stand in what students may see anyway."""
    secret, public = set(), set()
    for path in find_notebooks(PROJECT.source):
        for each in read(path)["cells"]:
            solution, rest = split_region(each["source"], SOLUTION)
            hidden, rest = split_region("\n".join(rest), HIDDEN)
            secret.update(solution + hidden)
    for path in PROJECT.answers.rglob("*.py"):
        secret.update(path.read_text().splitlines())
    for path in (*find_notebooks(PROJECT.release), *find_notebooks(PROJECT.notebooks)):
        public.update(line.strip() for each in read(path)["cells"] for line in each["source"].splitlines())
    for content in students_package().values():
        public.update(line.strip() for line in content.decode().splitlines())
    return {line.strip() for line in secret if len(line.strip()) >= SHORTEST} - public


def test_nothing_in_it_is_a_solution_a_hidden_test_or_an_answer(unpacked):
    texts = {}
    for path in filter(Path.is_file, unpacked.rglob("*")):
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".ipynb":
            text = "\n".join(each["source"] for each in read(path)["cells"])
        texts[path.relative_to(unpacked).as_posix()] = text
    secret = secret_lines()
    assert len(secret) > 1000
    found = [(name, line) for name, text in texts.items() for line in secret & {*map(str.strip, text.splitlines())}]
    assert found == []
    assert {name.partition("/")[0] for name in texts} == {
        *("LICENSE", "Makefile", "START.md", "autograder", "environment.yml", "nbgrader_config.py", "notebooks"),
        *("pyproject.toml", "release", "requirements.lock"),
    }
    assert [name for name in texts if name.startswith(TEACHERS)] == []


def test_every_lesson_and_every_exercise_is_in_it(unpacked):
    for folder in (PROJECT.notebooks, PROJECT.release):
        names = [path.relative_to(PROJECT.root) for path in find_notebooks(folder)]
        assert names
        assert [name for name in names if not (unpacked / name).is_file()] == []


def test_all_of_the_package_can_be_imported_and_nothing_else_of_it_is_there(installed):
    modules = [
        name.removesuffix(".py").replace("/", ".").removesuffix(".__init__")
        for name in students_package()
        if name != "__init__.py"
    ]
    code = f"""
{WITHOUT_CLONE}
import importlib
sys.path.insert(0, {str(installed)!r})
for name in {modules!r}:
    module = importlib.import_module("autograder." + name)
    assert module.__file__.startswith({str(installed)!r}), module.__file__
for name in ("grading", "reporting", "authoring", "cli"):
    try:
        importlib.import_module("autograder." + name)
    except ModuleNotFoundError:
        continue
    raise AssertionError(name)
"""
    ended = subprocess.run(
        [sys.executable, "-I", "-c", code], cwd=installed, capture_output=True, text=True, timeout=120
    )
    assert ended.returncode == 0, ended.stderr


def test_an_exercise_is_solved_with_it_and_progress_tells_so(unpacked, installed, tmp_path, monkeypatch):
    course = Course(shutil.copytree(unpacked, tmp_path / "course"))
    path = course.release / "02_pools" / "thread_pools.ipynb"
    released = read(path)
    exercise = exercises(released)[0]
    known = [ExerciseRef.of("02_pools", "thread_pools", exercise)]
    right = next(each for each in read_answers(PROJECT.answers, known)[0] if each.kind == "right")
    fill_in(released, exercise.name, right.code)
    wanted = {exercise.name, *map(grade_id, exercise.tests)}
    released["cells"] = [each for each in released["cells"] if grade_id(each) in wanted]
    where = f"{WITHOUT_CLONE}\nimport autograder; print(autograder.__file__)"
    released["cells"].insert(0, {**cell(""), "id": "where", "source": where})
    monkeypatch.setenv("PYTHONPATH", str(installed))
    book = nbformat.from_dict(released)
    NotebookClient(
        book, timeout=60, kernel_name="python3", resources={"metadata": {"path": str(path.parent)}}
    ).execute()
    assert book.cells[0].outputs[0].text == f"{installed / 'autograder' / '__init__.py'}\n"
    nbformat.write(book, path)

    command = [sys.executable, str(installed / "bin" / "autograder"), "progress", "--json"]
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    ended = subprocess.run(command, cwd=course.root, env=environment, capture_output=True, text=True, timeout=60)
    assert (ended.returncode, ended.stderr) == (0, "")
    states = {row["exercise"]: row["state"] for row in json.loads(ended.stdout)}
    assert states.pop(exercise.name) == "passes"
    assert set(states.values()) == {"untouched"}


def test_two_runs_give_the_same_bytes_and_what_was_run_or_lies_about_leaves_no_trace(course, tmp_path):
    release(course)
    lesson = save(course.notebooks / "02" / "lesson.ipynb", notebook(cell("1 + 1")))
    (course.notebooks / "02" / "note.md").write_text("A note.")
    bundle(course, tmp_path / "one.zip")
    for path in (lesson, course.release / "one" / "doubling.ipynb"):
        path.touch()
    save(lesson, notebook(cell("1 + 1", execution_count=3, outputs=[{"output_type": "error", "ename": "alpha"}])))
    save(course.notebooks / "02" / ".ipynb_checkpoints" / "lesson-checkpoint.ipynb", notebook())
    (course.notebooks / "02" / "answer.py").write_text("")
    bundle(course, tmp_path / "two.zip")
    data = (tmp_path / "one.zip").read_bytes()
    assert data == (tmp_path / "two.zip").read_bytes()
    names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    assert names == sorted(names)
    assert [name for name in names if "/notebooks/" in name or "/release/" in name] == [
        *("course/notebooks/02/lesson.ipynb", "course/notebooks/02/note.md", "course/release/one/doubling.ipynb")
    ]


def test_what_is_not_up_to_date_or_damaged_is_not_handed_out(course, tmp_path):
    with pytest.raises(UserError, match="run `autograder release`, then this again"):
        bundle(course, tmp_path / "course.zip")
    release(course)
    course.notebooks.mkdir()
    (course.notebooks / "broken.ipynb").write_text("{")
    with pytest.raises(UserError, match=r"^notebooks/broken\.ipynb: not a notebook"):
        bundle(course, tmp_path / "course.zip")
    assert not (tmp_path / "course.zip").exists()


def test_command_writes_where_it_is_told(course, tmp_path, monkeypatch, capsys):
    release(course)
    monkeypatch.chdir(course.root)
    with pytest.raises(SystemExit) as ended:
        cli.main(["bundle"])
    assert ended.value.code == 0
    assert capsys.readouterr().err.startswith("build/course.zip: ")
    with pytest.raises(SystemExit) as ended:
        cli.main(["bundle", "--output", "lost/course.zip"])
    assert (ended.value.code, capsys.readouterr().err.count("\n")) == (2, 1)


def test_a_module_for_students_that_needs_one_of_the_teachers_is_noticed(monkeypatch):
    monkeypatch.setattr(bundling, "STUDENTS", ("demo.py",))
    with pytest.raises(AssertionError, match=r"demo\.py imports autograder\.authoring"):
        students_package()
