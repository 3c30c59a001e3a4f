"""What is taken of a submission, and what is refused with a reason."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from autograder.grading import intake
from autograder.grading.intake import Refused, SubmittedCell, parse, read_submission


def notebook(*cells: dict, **rest: object) -> bytes:
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": list(cells), **rest}).encode()


def code(source: object, **rest: object) -> dict:
    return {"cell_type": "code", "metadata": {}, "source": source, "outputs": [], "execution_count": None, **rest}


def test_notebooks_and_other_files_are_told_apart(tmp_path: Path):
    (tmp_path / "one.ipynb").write_bytes(notebook(code("x = 1")))
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "numbers.txt").write_bytes(b"1 2")
    (tmp_path / "data" / "deep.ipynb").write_bytes(notebook(code("never read")))
    (tmp_path / ".ipynb_checkpoints").mkdir()
    (tmp_path / ".ipynb_checkpoints" / "one.ipynb").write_bytes(b"old")
    (tmp_path / "__pycache__").mkdir()
    submission = read_submission(tmp_path)
    assert submission.notebooks == {"one": [SubmittedCell("code", "x = 1")]}
    assert submission.files == {"data/numbers.txt": b"1 2"}
    assert submission.refused == {}


def test_a_folder_that_is_not_there_is_an_empty_submission(tmp_path: Path):
    assert read_submission(tmp_path / "nobody") == intake.Submission()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "the file is empty"),
        (b" \n", "the file is empty"),
        (b"{", "no valid JSON"),
        (b"\xff\x00\x81", "no valid JSON"),
        (b"[" * 100_000, "no valid JSON"),
        (b"[]", "no list of cells"),
        (b'{"cells": 3}', "no list of cells"),
        (b'{"worksheets": [3]}', "no list of cells"),
        (notebook(*[code("x")] * (intake.MOST_CELLS + 1)), "2,001 cells"),
    ],
)
def test_what_is_no_notebook_is_refused_with_the_reason(content: bytes, why: str):
    with pytest.raises(Refused, match=why):
        parse(content)


@pytest.mark.parametrize(
    "content",
    [
        notebook(code("x = 1\ny = 2")),
        notebook(code(["x = 1\n", "y = 2"])),
        b"\xef\xbb\xbf" + notebook(code("x = 1\ny = 2")),
        notebook(code("x = 1\ny = 2")).decode().encode("utf-16"),
        notebook(code("x = 1\ny = 2"), nbformat=5),
        notebook(code("x = 1\ny = 2"), nbformat="four", metadata=[]),
        notebook(code("x = 1\ny = 2", metadata=None)),
        notebook(code("x = 1\ny = 2", metadata={"nbgrader": [1]}), 3, None, "text", code(None), code([1])),
        json.dumps({"worksheets": [{"cells": [{"cell_type": "code", "input": ["x = 1\n", "y = 2"]}]}]}).encode(),
    ],
)
def test_the_text_of_cells_is_read_from_whatever_holds_it(content: bytes):
    assert parse(content) == [SubmittedCell("code", "x = 1\ny = 2")]


def test_names_and_kinds_of_cells():
    mark = {"nbgrader": {"grade_id": "fetch", "points": 1000}}
    cells = [code("a", id="abc", metadata=mark), code("b", cell_type="heading", id=7), code("\ud800")]
    assert parse(notebook(*cells)) == [
        SubmittedCell("code", "a", "fetch", "abc"),
        SubmittedCell("raw", "b"),
        SubmittedCell("code", "?"),
    ]


def test_only_ordinary_files_are_opened(tmp_path: Path):
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    folder = tmp_path / "submitted"
    folder.mkdir()
    (folder / "a.ipynb").symlink_to(secret)
    (folder / "b").symlink_to(tmp_path)
    os.mkfifo(folder / "c.ipynb")
    os.link(secret, folder / "d.txt")
    submission = read_submission(folder)
    assert submission.notebooks == {}
    assert submission.files == {"d.txt": b"secret"}
    assert submission.refused == {
        "a.ipynb": "it is a link to another place; a submission holds files of its own",
        "b": "it is a link to another place; a submission holds files of its own",
        "c.ipynb": "it is no ordinary file",
    }


def test_too_much_is_refused_and_the_rest_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(intake, "LARGEST_FILE", 400)
    monkeypatch.setattr(intake, "LARGEST_SUBMISSION", 600)
    monkeypatch.setattr(intake, "MOST_FILES", 4)
    for name, size in {"a.txt": 401, "b.txt": 400, "c.txt": 201, "d.txt": 200, "e.txt": 1, "f.txt": 1}.items():
        (tmp_path / name).write_bytes(b"x" * size)
    submission = read_submission(tmp_path)
    assert list(submission.files) == ["b.txt", "d.txt"]
    assert submission.refused == {
        "a.txt": "it is larger than 400 bytes",
        "c.txt": "with it the submission would be larger than 600 bytes",
        "the rest": "more than 4 files were handed in; these are not read",
    }


def test_folders_in_folders_without_end_are_left(tmp_path: Path):
    deep = tmp_path.joinpath(*["x"] * 20)
    deep.mkdir(parents=True)
    (deep / "file").write_text("deep")
    assert read_submission(tmp_path) == intake.Submission()


def test_a_folder_that_poses_as_the_notebook_is_refused(tmp_path):
    (tmp_path / "one.ipynb").mkdir()
    assert read_submission(tmp_path).refused == {"one.ipynb": "it is a folder, and no notebook"}


def test_many_files_beside_a_notebook_do_not_hide_it(tmp_path):
    for number in range(1100):
        (tmp_path / f"{number:04}").touch()
    (tmp_path / "one.ipynb").write_text('{"cells": []}')
    assert "one" in read_submission(tmp_path).notebooks
