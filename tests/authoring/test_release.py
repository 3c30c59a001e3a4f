"""What students get of an assignment, and what may not be handed out."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.authoring.normalise import normalise_files
from autograder.authoring.release import Change, make, release
from autograder.authoring.rules import breaches, leaks, misplaced_files
from autograder.course import Course, find_root
from autograder.errors import UserError
from autograder.notebooks import parse
from tests.tiny import cell, doubling, find, mark, save

FILE = "release/one/doubling.ipynb"


def contents(folder: Path) -> dict[str, bytes]:
    """All files in the folder and below, by name."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def problems(book: dict) -> list[str]:
    """What the rules say against the notebook."""
    return breaches(parse(json.dumps(book).encode(), "book"), "one/book")


def test_students_get_the_stub_and_the_visible_tests_only(course: Course, capfd):
    assert release(course) == [Change(FILE, "lacks")]
    book = json.loads((course.root / FILE).read_text())
    assert "".join(find(book, "double")["source"]) == (
        'def double(n):\n    """Twice n."""\n    # YOUR CODE HERE\n    raise NotImplementedError()\n'
    )
    assert find(book, "double-two")["source"] == ["assert double(2) == 4"]
    assert find(book, "double-negative")["source"] == ["# Other numbers too."]
    assert [cell["id"] for cell in book["cells"]][:3] == ["doubling", "double-task", "double"]
    assert capfd.readouterr() == ("", "")


def test_only_release_changes(course: Course):
    before = contents(course.root)
    release(course)
    assert contents(course.root) == before | {FILE: (course.root / FILE).read_bytes()}


def test_made_twice_gives_the_same_bytes_and_leaves_the_file_alone(course: Course):
    release(course)
    before = (course.root / FILE).stat()
    assert release(course) == [Change(FILE, "same")]
    assert (course.root / FILE).stat().st_ino == before.st_ino
    assert make(course, ["one"]) == {"one/doubling.ipynb": (course.root / FILE).read_bytes()}


def test_normalising_the_source_does_not_change_its_release(course: Course):
    release(course)
    assert normalise_files([course.source])
    assert release(course, check=True) == [Change(FILE, "same")]


def test_source_of_another_kernel_and_an_older_format_gives_the_same_release(course: Course):
    release(course)
    older = doubling() | {"nbformat_minor": 2}
    older["metadata"]["kernelspec"] = {"name": "ir", "display_name": "R", "language": "R"}
    for each in older["cells"]:
        del each["id"]
    save(course.source / "one" / "doubling.ipynb", older)
    assert release(course, check=True) == [Change(FILE, "same")]


def test_plain_nbgrader_in_a_copy_of_the_course_writes_the_same_bytes(course: Course, tmp_path_factory):
    normalise_files([course.source])
    (course.source / "one" / "primes.py").write_text("answer = 42")
    (course.source / "one" / "__pycache__").mkdir()
    (course.source / "one" / "__pycache__" / "primes.pyc").write_text("")
    copy = tmp_path_factory.mktemp("copies") / "demo"
    shutil.copytree(course.root, copy)
    save(copy / FILE, doubling())
    nbgrader = [sys.executable, "-m", "nbgrader", "generate_assignment", "one"]
    # Without the environment's folder of programs, as when the environment is not activated.
    environment = os.environ | {"PATH": os.defpath}
    done = subprocess.run(nbgrader, cwd=copy, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "Warning" not in done.stderr
    (course.source / "one" / "primes.py").unlink()
    shutil.rmtree(course.source / "one" / "__pycache__")
    release(course)
    assert contents(copy / "release") == contents(course.release)
    assert (copy / "gradebook.db").is_file()


def test_check_names_what_differs_lacks_or_is_left_over_and_writes_nothing(course: Course):
    save(course.source / "two" / "doubling.ipynb", doubling())
    release(course)
    source = course.source / "one" / "doubling.ipynb"
    source.write_text(source.read_text().replace("Twice n", "Twice m"))
    (course.release / "two" / "doubling.ipynb").unlink()
    (course.release / "two" / "primes.py").write_text("")
    (course.release / "two" / ".ipynb_checkpoints").mkdir()
    (course.release / "two" / ".ipynb_checkpoints" / "doubling-checkpoint.ipynb").write_text("")
    save(course.release / "gone" / "old.ipynb", doubling())
    before = contents(course.root)
    assert release(course, check=True) == [
        Change("release/gone/old.ipynb", "left over"),
        Change(FILE, "differs"),
        Change("release/two/doubling.ipynb", "lacks"),
        Change("release/two/primes.py", "left over"),
    ]
    assert contents(course.root) == before
    release(course)
    assert {change.state for change in release(course, check=True)} == {"same"}
    assert not (course.release / "gone").exists()


def test_one_assignment_alone_leaves_the_others_as_they_are(course: Course):
    save(course.source / "two" / "doubling.ipynb", doubling())
    save(course.release / "gone" / "old.ipynb", doubling())
    assert release(course, ["two"]) == [Change("release/two/doubling.ipynb", "lacks")]
    assert set(contents(course.release)) == {"gone/old.ipynb", "two/doubling.ipynb"}


def test_data_files_go_along(course: Course):
    data = course.source / "one" / "data" / "deep" / "words.txt"
    data.parent.mkdir(parents=True)
    data.write_bytes(b"one\r\ntwo")
    release(course)
    assert (course.release / "one" / "data" / "deep" / "words.txt").read_bytes() == b"one\r\ntwo"


def test_unknown_assignment_names_the_known_ones(course: Course):
    save(course.source / "two" / "doubling.ipynb", doubling())
    with pytest.raises(UserError, match=r"^no assignment three in source/; there is: one, two$"):
        release(course, ["one", "three"])


def test_course_is_the_nearest_one_upwards(course: Course):
    inner = course.build / "demo"
    shutil.copytree(course.source, inner / "source")
    shutil.copy(course.root / "nbgrader_config.py", inner)
    (course.source / "source").mkdir()
    assert find_root(course.source / "one") == course
    assert find_root(course.source) == course
    assert find_root(inner / "source") == Course(inner)


def test_all_problems_are_told_at_once_and_release_stays_as_it_was(course: Course):
    release(course)
    before = contents(course.release)
    book = doubling()
    find(book, "double-two")["metadata"]["nbgrader"]["points"] = 0
    save(course.source / "one" / "doubling.ipynb", book)
    (course.source / "one" / "primes.py").write_text("")
    (course.source / "two").mkdir()
    (course.source / "two" / "torn.ipynb").write_text("{")
    with pytest.raises(UserError) as caught:
        release(course)
    starts = ("source/one/primes.py: ", "one/doubling, cell double-two: ", "source/two/torn.ipynb: ")
    assert len(caught.value.lines) == len(starts)
    assert all(line.startswith(start) for line, start in zip(caught.value.lines, starts, strict=True))
    assert contents(course.release) == before


def test_assignment_without_notebooks_is_refused(course: Course):
    (course.source / "two").mkdir()
    with pytest.raises(UserError, match=r"^source/two: has no notebooks$"):
        release(course, ["two"])


def test_notebook_that_keeps_the_rules_has_no_problems():
    assert problems(doubling()) == []


def output(book: dict) -> None:
    find(book, "double")["outputs"] = [{"output_type": "stream", "name": "stdout", "text": ["4"]}]


def count(book: dict) -> None:
    book["cells"][3]["execution_count"] = 3


def automatic_id(book: dict) -> None:
    find(book, "double-two")["metadata"]["nbgrader"]["grade_id"] = "cell-0123456789abcdef"


def no_id(book: dict) -> None:
    del find(book, "double-two")["metadata"]["nbgrader"]["grade_id"]


def unknown_exercise(book: dict) -> None:
    find(book, "double-two")["metadata"]["nbgrader"]["grade_id"] = "treble-two"


def hyphen_in_exercise(book: dict) -> None:
    find(book, "double")["metadata"]["nbgrader"]["grade_id"] = "double-it"


def without_a_purpose(book: dict) -> None:
    find(book, "double-negative")["metadata"]["nbgrader"]["grade_id"] = "double"


def untested(book: dict) -> None:
    book["cells"].append(cell("### BEGIN SOLUTION\n### END SOLUTION", mark("halve", solution=True)))


def twice(book: dict) -> None:
    book["cells"].append(find(book, "double-two"))


def no_points(book: dict) -> None:
    find(book, "double-two")["metadata"]["nbgrader"]["points"] = 0


def half_a_point(book: dict) -> None:
    find(book, "double-two")["metadata"]["nbgrader"]["points"] = 1.5


def points_missing(book: dict) -> None:
    del find(book, "double-two")["metadata"]["nbgrader"]["points"]


def old_metadata(book: dict) -> None:
    find(book, "double-two")["metadata"]["nbgrader"]["schema_version"] = 2


def graded_text(book: dict) -> None:
    find(book, "double-two")["cell_type"] = "markdown"


def no_markers(book: dict) -> None:
    find(book, "double")["source"] = "def double(n):\n    return n * 2"


def open_solution(book: dict) -> None:
    find(book, "double")["source"] = "### BEGIN SOLUTION\ndouble = 2"


def open_hidden(book: dict) -> None:
    find(book, "double-negative")["source"] = "### BEGIN HIDDEN TESTS\nassert True"


def solution_elsewhere(book: dict) -> None:
    book["cells"][3]["source"] = "### BEGIN SOLUTION\n1\n### END SOLUTION"


def hidden_elsewhere(book: dict) -> None:
    book["cells"][3]["source"] = "### BEGIN HIDDEN TESTS\n1\n### END HIDDEN TESTS"


def half_hidden(book: dict) -> None:
    find(book, "double-negative")["source"] = "from math import pi\n### BEGIN HIDDEN TESTS\npi\n### END HIDDEN TESTS"


def misspelt_hidden(book: dict) -> None:
    find(book, "double-negative")["source"] = "### begin hidden test\nassert double(-3) == -6\n### end hidden test"


def misspelt_solution(book: dict) -> None:
    book["cells"][3]["source"] = "# BEGIN_SOLUTION\n1\n# END_SOLUTION"


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        (output, "cell double: has stored outputs"),
        (count, "has a stored execution count"),
        (automatic_id, "cell 5 (cell-0123456789abcdef): has no readable grade_id"),
        (no_id, "has no readable grade_id"),
        (unknown_exercise, "cell treble-two: tests treble, but no solution cell"),
        (hyphen_in_exercise, "cell double-it: a solution cell's grade_id is the name of its exercise"),
        (without_a_purpose, "cell double: a test cell's grade_id says what it tests"),
        (untested, "cell halve: no test cell for this exercise"),
        (twice, "cell double-two: its grade_id is used more than once"),
        (no_points, "cell double-two: is worth 0 points"),
        (half_a_point, "cell double-two: is worth 1.5 points"),
        (points_missing, "cell double-two: is worth None points"),
        (old_metadata, "cell double-two: nbgrader metadata of version 2, expected 3"),
        (graded_text, "cell double-two: is graded by running it, but is no code cell"),
        (no_markers, "cell double: is a solution cell without BEGIN SOLUTION"),
        (open_solution, "cell double: BEGIN SOLUTION has no END SOLUTION"),
        (open_hidden, "cell double-negative: BEGIN HIDDEN TESTS has no END HIDDEN TESTS"),
        (solution_elsewhere, "has BEGIN SOLUTION, but is not a solution cell"),
        (hidden_elsewhere, "has BEGIN HIDDEN TESTS, but is not a test cell"),
        (half_hidden, "cell double-negative: has code outside BEGIN HIDDEN TESTS"),
        (misspelt_hidden, "cell double-negative: the line '### begin hidden test' looks like a marker"),
        (misspelt_solution, "the line '# BEGIN_SOLUTION' looks like a marker"),
    ],
)
def test_breach_is_refused_and_names_the_cell(spoil: Callable[[dict], None], expected: str):
    book = doubling()
    spoil(book)
    lines = problems(book)
    assert any(expected in line for line in lines), lines
    assert all(line.startswith("one/book, cell ") for line in lines)
    assert not any("\n" in line for line in lines)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("primes.py", "does not belong here and would be handed out"),
        ("notes.txt", "does not belong here and would be handed out"),
        ("__pycache__/primes.pyc", "a folder that does not belong here"),
        ("answers/right.py", "a folder that does not belong here"),
        ("sub/book.ipynb", "a folder that does not belong here"),
        ("data/right.py", "is code, not data"),
    ],
)
def test_misplaced_file_is_refused_by_name(course: Course, name: str, expected: str):
    path = course.source / "one" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("")
    (line,) = misplaced_files(course.source, "one")
    assert expected in line
    assert line.startswith(f"source/one/{name.partition('/')[0]}")


def test_link_is_refused(course: Course, tmp_path: Path):
    (course.source / "one" / "linked.ipynb").symlink_to(course.source / "one" / "doubling.ipynb")
    assert misplaced_files(course.source, "one") == ["source/one/linked.ipynb: is a link; put the file itself there"]


def test_checkpoints_of_jupyterlab_are_no_misplaced_files(course: Course):
    save(course.source / "one" / ".ipynb_checkpoints" / "doubling-checkpoint.ipynb", doubling())
    assert misplaced_files(course.source, "one") == []
    assert release(course) == [Change(FILE, "lacks")]


def test_settings_that_would_hand_out_hidden_tests_are_found(course: Course):
    with (course.root / "nbgrader_config.py").open("a") as config:
        config.write('c.ClearHiddenTests.begin_test_delimeter = "HIDE"\n')
    with pytest.raises(UserError, match="one/doubling, cell double-negative: a marker of a solution or hidden test"):
        release(course)
    assert not course.release.exists()


def test_secret_lines_and_missing_stubs_are_found_in_what_was_made():
    source = parse(json.dumps(doubling()).encode(), "source")
    lines = leaks(source, source | {"cells": [{**cell, "source": "return n * 2"} for cell in source["cells"]]}, "one/x")
    assert any("cell double: lines of a solution or hidden test would stand" in line for line in lines)
    assert any("cell double: the released cell lacks the line `raise NotImplementedError()`" in line for line in lines)


def test_failure_of_nbgrader_is_one_line_with_its_reason(course: Course, capfd):
    with (course.root / "nbgrader_config.py").open("a") as config:
        config.write('c.ClearSolutions.code_stub = {"R": "fail()"}\n')
    with pytest.raises(UserError) as caught:
        release(course)
    (line,) = caught.value.lines
    assert line.startswith("source/one: nbgrader cannot make the release: ValueError: language 'python'")
    assert capfd.readouterr() == ("", "")


def test_settings_that_cannot_be_read_are_one_line(course: Course):
    (course.root / "nbgrader_config.py").write_text("c = get_config(\n")
    with pytest.raises(UserError, match=r"^nbgrader_config\.py: cannot be loaded: SyntaxError: "):
        release(course)


def test_release_that_cannot_be_written_stays_as_it_was(course: Course, monkeypatch):
    release(course)
    before = contents(course.root)
    source = course.source / "one" / "doubling.ipynb"
    source.write_text(source.read_text().replace("Twice n", "Twice m"))
    save(course.release / "one" / "old.ipynb", doubling())

    def refuse(*_):
        raise PermissionError(13, "Permission denied", FILE)

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(PermissionError):
        release(course)
    after = contents(course.root)
    assert after[FILE] == before[FILE]
    assert set(after) == {*before, "release/one/old.ipynb"}


def test_release_under_a_file_in_its_place_is_an_error_of_the_operating_system(course: Course):
    course.release.write_text("in the way")
    with pytest.raises(OSError, match="release"):
        release(course)
    assert course.release.read_text() == "in the way"
