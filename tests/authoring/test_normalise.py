"""The normal form of notebooks, and how files get into it."""

from __future__ import annotations

import copy
import json
import os
from pathlib import Path

import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.authoring.normalise import is_readable, normalise, normalise_files, to_bytes
from autograder.errors import UserError
from autograder.notebooks import parse
from tests.tiny import cell, doubling, mark, notebook, save


def normal(*cells: dict, released: bool = False) -> list[dict]:
    """The cells of the normal form of a notebook with these cells."""
    return normalise(parse(json.dumps(notebook(*cells)).encode(), "book"), released=released)["cells"]


def nbformat_bytes(book: dict) -> bytes:
    """The notebook as nbformat, and so JupyterLab, writes it."""
    return (nbformat.writes(nbformat.from_dict(book), version=4) + "\n").encode()


def test_outputs_and_counts_are_removed():
    run = cell("print(1)", outputs=[{"output_type": "stream", "name": "stdout", "text": ["1\n"]}], execution_count=7)
    (result,) = normal(run)
    assert (result["outputs"], result["execution_count"]) == ([], None)


def test_layout_is_the_one_that_jupyterlab_writes():
    data = to_bytes(normalise(parse(nbformat_bytes(doubling()), "book")))
    again = nbformat.reads(data.decode(), as_version=4)
    nbformat.validate(again)
    assert data == nbformat_bytes(again)


def test_letters_of_any_language_stay_as_they_are():
    data = to_bytes(normalise(notebook(cell("线程池: à la carte", kind="markdown") | {"source": "线程池: à la carte"})))
    assert "线程池: à la carte" in data.decode("utf-8")


def test_line_ends_of_other_systems_become_newlines():
    assert normal(cell("") | {"source": ["a\r\n", "b\rc"]})[0]["source"] == "a\nb\nc"


@pytest.mark.parametrize(
    ("source", "kind", "expected"),
    [
        ("Some words.\n\n## 3. Pools of *threads*", "markdown", "pools-of-threads"),
        ("**Predict:** what will it print?", "markdown", "predict-what-will-it-print"),
        ("[See](https://example.org/a/b) it", "markdown", "see-it"),
        ("# Café naïve", "markdown", "cafe-naive"),
        ("# 线程池", "markdown", "text"),
        ("# Deadbeef", "markdown", "text-deadbeef"),
        ("\n%%writefile primes.py\nimport math", "code", "writefile-primes-py"),
        ("word " * 30, "code", "word-word-word-word-word-word-word-word"),
        ("", "code", "code"),
    ],
)
def test_random_id_becomes_a_slug_of_the_first_heading_or_words(source, kind, expected):
    (result,) = normal(cell(source, kind=kind, id="0a1b2c3d"))
    assert result["id"] == expected
    assert is_readable(result["id"])


@pytest.mark.parametrize(
    "given_id", ["0a1b2c3d", "cell-0123456789abcdef", "3f1c9a52-77aa-4b02-9d9f-0c6a2f1e5b7d", "Xz3kF_0aB1cD"]
)
def test_ids_that_programs_draw_are_replaced(given_id):
    assert normal(cell("import os", id=given_id))[0]["id"] == "import-os"


def test_readable_id_is_kept_when_the_cell_changes():
    assert normal(cell("# A new heading", kind="markdown", id="old-heading"))[0]["id"] == "old-heading"


def test_id_of_an_nbgrader_cell_is_its_grade_id():
    cells = normal(cell("# total", id="total-sum"), cell("total", mark("total-sum", points=1), id="other"))
    assert [result["id"] for result in cells] == ["total", "total-sum"]


def test_no_two_cells_share_an_id():
    cells = normal(*[cell("import os", id=given) for given in ("same", "same", "0a1b2c3d", "1a1b2c3d")])
    assert [result["id"] for result in cells] == ["same", "import-os", "import-os-2", "import-os-3"]


def test_cell_keeps_only_metadata_that_means_something():
    noisy = cell("x", mark("sum", solution=True))
    noisy["metadata"] |= {
        "tags": ["hide"],
        "editable": False,
        "deletable": True,
        "jupyter": {"source_hidden": True, "outputs_hidden": True},
        "slideshow": {"slide_type": ""},
        "ExecuteTime": {},
    }
    (result,) = normal(noisy)
    assert set(result["metadata"]) == {"tags", "editable", "jupyter", "nbgrader"}
    assert result["metadata"]["jupyter"] == {"source_hidden": True}


def test_checksums_are_kept_in_what_students_get_only():
    marked = cell("x", mark("sum-one", points=1) | {"checksum": "0" * 32, "cell_type": "code"})
    assert "checksum" in normal(marked, released=True)[0]["metadata"]["nbgrader"]
    assert not {"checksum", "cell_type"} & set(normal(marked)[0]["metadata"]["nbgrader"])


def test_mark_that_marks_nothing_is_dropped():
    unmarked = cell("import os", mark("cell-0123456789abcdef") | {"locked": False}, id="cell-0123456789abcdef")
    (result,) = normal(unmarked)
    assert (result["id"], result["metadata"]) == ("import-os", {})


def test_notebook_metadata_is_the_same_everywhere():
    book = normalise(parse(nbformat_bytes(doubling()), "book"))
    assert book["metadata"]["kernelspec"]["name"] == "python3"
    assert book["metadata"]["language_info"] == {"name": "python"}
    assert (book["nbformat"], book["nbformat_minor"]) == (4, 5)


SOURCES = st.one_of(st.text(max_size=30), st.sampled_from(["# Deadbeef", "## 1. One", "import os", "x-2", "\r\na\r"]))
IDS = st.one_of(
    st.none(), st.from_regex(r"[a-f0-9]{8}", fullmatch=True), st.sampled_from(["import-os", "x-2", "A", "code"])
)
MARKS = st.one_of(st.none(), st.builds(mark, st.sampled_from(["x", "x-2", "import-os"]), solution=st.booleans()))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.builds(cell, SOURCES, MARKS, st.sampled_from(["code", "markdown", "raw"]), id=IDS), max_size=8))
def test_normal_form_is_valid_has_unique_ids_and_stays_as_it_is(cells):
    book = notebook(*copy.deepcopy(cells))
    for each in book["cells"]:
        each["source"] = "".join(each["source"])
    data = to_bytes(normalise(book))
    again = parse(data, "book")
    assert to_bytes(normalise(again)) == data
    assert len({each["id"] for each in again["cells"]}) == len(cells)
    nbformat.validate(nbformat.from_dict(again))


def test_files_are_changed_once_and_then_left_alone(tmp_path: Path):
    path = save(tmp_path / "deep" / "er" / "book.ipynb", doubling())
    assert normalise_files([tmp_path]) == [path]
    before = path.stat()
    assert normalise_files([tmp_path]) == []
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == (before.st_mtime_ns, before.st_ino)
    assert path.read_bytes().endswith(b"}\n") and not path.read_bytes().endswith(b"\n\n")


def test_default_is_source_and_notebooks_but_not_release(course, monkeypatch):
    lesson = save(course.notebooks / "one" / "doubling.ipynb", doubling())
    save(course.release / "one" / "doubling.ipynb", doubling())
    save(course.source / "one" / ".ipynb_checkpoints" / "doubling-checkpoint.ipynb", doubling())
    monkeypatch.chdir(course.source)
    assert set(normalise_files()) == {lesson, course.source / "one" / "doubling.ipynb"}


def test_check_names_the_file_and_writes_nothing(tmp_path: Path):
    path = save(tmp_path / "book.ipynb", doubling())
    before = path.read_bytes()
    assert normalise_files([path], check=True) == [path]
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b'{"cells": [', "no valid JSON"),
        (b"", "no valid JSON"),
        (b"\xff\xfe{}", "no valid JSON"),
        (b"[" * 100_000, "no valid JSON"),
        (b"[]", "without a list of cells"),
        (b'{"cells": {}, "nbformat": 4}', "without a list of cells"),
        (b'{"nbformat": 4}', "no list of cells"),
        (b'{"worksheets": [], "nbformat": 3}', "notebook format 3, expected 4"),
        (b'{"cells": [], "nbformat": 5}', "notebook format 5, expected 4"),
        (b'{"cells": [7], "nbformat": 4}', "cell 1 is neither"),
        (b'{"cells": [{"cell_type": "code"}], "nbformat": 4}', "cell 1 has no source"),
        (b'{"cells": [{"cell_type": "code", "source": "\\ud800"}], "nbformat": 4}', "cell 1 holds half a character"),
        (b'{"cells": [{"cell_type": "raw", "source": "", "metadata": 1}], "nbformat": 4}', "cell 1 has metadata"),
        (
            b'{"cells": [{"cell_type": "raw", "source": "", "metadata": {"nbgrader": 1}}], "nbformat": 4}',
            "cell 1 has nbg",
        ),
    ],
)
def test_corrupt_notebook_is_named_and_stops_all(tmp_path: Path, data: bytes, words: str):
    good = save(tmp_path / "good.ipynb", doubling())
    before = good.read_bytes()
    bad = tmp_path / "sadly.ipynb"
    bad.write_bytes(data)
    with pytest.raises(UserError, match=words) as caught:
        normalise_files([tmp_path])
    (line,) = caught.value.lines
    assert line.startswith(f"{bad}: ") and "\n" not in line
    assert (good.read_bytes(), bad.read_bytes()) == (before, data)


def test_each_missing_or_unsuitable_path_is_named(tmp_path: Path):
    (tmp_path / "notes.txt").write_text("")
    with pytest.raises(UserError) as caught:
        normalise_files([tmp_path / "lost.ipynb", tmp_path / "notes.txt"])
    assert [line.split(":")[0] for line in caught.value.lines] == [f"{tmp_path}/lost.ipynb", f"{tmp_path}/notes.txt"]


def test_write_that_fails_leaves_each_file_whole_and_no_other_file(tmp_path: Path, monkeypatch):
    paths = [save(tmp_path / name, doubling()) for name in ("a.ipynb", "b.ipynb")]
    before = [path.read_bytes() for path in paths]

    def refuse(*_):
        raise PermissionError(13, "Permission denied", "a.ipynb")

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(PermissionError):
        normalise_files([tmp_path])
    assert [path.read_bytes() for path in paths] == before
    assert sorted(tmp_path.iterdir()) == paths


def test_disk_full_while_writing_changes_nothing(tmp_path: Path, monkeypatch):
    paths = [save(tmp_path / name, doubling()) for name in ("a.ipynb", "b.ipynb")]
    before = [path.read_bytes() for path in paths]
    write_bytes = Path.write_bytes

    def write_half(path: Path, data: bytes) -> int:
        if "b.ipynb" in path.name:
            write_bytes(path, data[:10])
            raise OSError(28, "No space left on device", str(path))
        return write_bytes(path, data)

    monkeypatch.setattr(Path, "write_bytes", write_half)
    with pytest.raises(OSError, match="No space") as caught:
        normalise_files([tmp_path])
    assert caught.value.filename == str(paths[1])
    assert [path.read_bytes() for path in paths] == before
    assert sorted(tmp_path.iterdir()) == paths


def test_mode_of_a_file_is_kept(tmp_path: Path):
    path = save(tmp_path / "book.ipynb", doubling())
    path.chmod(0o640)
    normalise_files([path])
    assert path.stat().st_mode & 0o777 == 0o640
