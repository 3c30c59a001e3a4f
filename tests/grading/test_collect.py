"""Submissions come in from exports, folders and the exchange: whose each is, and what cannot be told is named."""

from __future__ import annotations

import getpass
import io
import json
import os
import zipfile
from pathlib import Path

import pytest

from autograder import cli
from autograder.errors import UserError
from autograder.grading import collect as collecting
from autograder.grading.collect import collect
from tests.tiny import doubling, save

BOOK = json.dumps(doubling()).encode()
OTHER = BOOK + b"\n"
DATE = (2026, 5, 4, 12, 0, 0)
LATER = (2026, 5, 5, 12, 0, 0)
DOUBLING, TRIPLING = "doubling.ipynb", "tripling.ipynb"


@pytest.fixture
def course(course):
    """An assignment of two notebooks, and another assignment."""
    save(course.source / "one" / TRIPLING, doubling())
    save(course.source / "two" / "squaring.ipynb", doubling())
    return course


def packed(files: dict[str, bytes], *, dates: dict[str, tuple[int, ...]] | None = None) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, (dates or {}).get(name, DATE)), data)
    return content.getvalue()


def export(course, files, **more) -> Path:
    path = course.root / "export.zip"
    path.write_bytes(packed(files, **more))
    return path


def handed_in(course) -> dict[str, bytes]:
    top = course.root / "submitted"
    return {path.relative_to(top).as_posix(): path.read_bytes() for path in top.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("names", "students"),
    [
        (["alpha_doubling.ipynb", "b-2_tripling.ipynb"], ["alpha/one/doubling", "b-2/one/tripling"]),
        (["all/alpha_doubling.ipynb", "all/beta-doubling (1).ipynb"], ["alpha/one/doubling", "beta/one/doubling"]),
        (["x/y/alpha/doubling.ipynb", "x/y/beta/z/doubling.ipynb"], ["alpha/one/doubling", "beta/one/doubling"]),
        (["x/alpha/doubling.ipynb", "x/alpha/tripling.ipynb"], ["alpha/one/doubling", "alpha/one/tripling"]),
        (["submitted/alpha/one/doubling.ipynb", "submitted/alpha/two/squaring.ipynb"], ["alpha/one/doubling"]),
        (["alpha_assignsubmission_file_/doubling.ipynb"], ["alpha/one/doubling"]),
        (["x/Al Pha_12_assignsubmission_file_/a/doubling.ipynb"], ["Al Pha_12/one/doubling"]),
        (["alpha_7_assignsubmission_file_doubling.ipynb"], ["alpha_7/one/doubling"]),
        (["One_alpha_attempt_2026-05-04-12-00-00_doubling.ipynb"], ["alpha/one/doubling"]),
        (
            ["alpha_31_901_doubling.ipynb", "alpha_31_902_tripling-1.ipynb", "beta_LATE_32_903_doubling.ipynb"],
            ["alpha_31/one/doubling", "alpha_31/one/tripling", "beta_32/one/doubling"],
        ),
        (["张伟_doubling.ipynb", "שרה/doubling.ipynb"], ["张伟/one/doubling", "שרה/one/doubling"]),
        (["alpha/doubling.ipynb", "beta/my own.ipynb"], ["alpha/one/doubling", "beta/one/my own"]),
    ],
    ids=[
        *("flat", "flat in a folder", "folders in folders", "one student", "nbgrader", "moodle", "moodle with names"),
        *("moodle flat", "blackboard", "canvas", "scripts", "renamed"),
    ],
)
@pytest.mark.parametrize("unpacked", [False, True], ids=["zip", "folder"])
def test_each_way_of_naming_is_understood(course, names, students, unpacked):
    source = export(course, dict.fromkeys(names, BOOK))
    if unpacked:
        zipfile.ZipFile(source).extractall(course.root / "export")
        source = course.root / "export"
    collected = collect(course, "one", source)
    assert sorted(handed_in(course)) == sorted(f"{student}.ipynb" for student in students)
    assert collected.left_out == collected.said == []


def test_other_files_come_along_and_what_systems_leave_does_not(course):
    files = {"x/alpha/doubling.ipynb": BOOK, "x/alpha/data/n.csv": b"1", "x/beta/tripling.ipynb": BOOK}
    noise = ["__MACOSX/x/alpha/._doubling.ipynb", "x/alpha/.ipynb_checkpoints/doubling-checkpoint.ipynb", ".DS_Store"]
    collected = collect(course, "one", export(course, files | dict.fromkeys(noise, b"")))
    assert sorted(handed_in(course)) == [
        *("alpha/one/data/n.csv", "alpha/one/doubling.ipynb", "beta/one/tripling.ipynb")
    ]
    assert collected.left_out == []


def test_an_archive_of_each_student_in_the_archive_is_opened(course):
    inner = packed({"work/doubling.ipynb": BOOK})
    files = {"alpha_3_assignsubmission_file_/work.zip": inner, "beta_4_assignsubmission_file_/bad.zip": b"PK"}
    collected = collect(course, "one", export(course, files))
    assert list(handed_in(course)) == ["alpha_3/one/doubling.ipynb"]
    (line,) = collected.left_out
    assert "bad.zip: it is no whole zip" in line


def test_names_of_older_tools_are_read_as_utf8(course):
    source = export(course, {"xxxxxx_doubling.ipynb": BOOK})
    source.write_bytes(source.read_bytes().replace(b"xxxxxx", "张伟".encode()))
    collect(course, "one", source)
    assert list(handed_in(course)) == ["张伟/one/doubling.ipynb"]


@pytest.mark.parametrize("newer_first", [True, False])
def test_of_two_submissions_the_newer_is_taken_and_that_is_said(course, newer_first):
    names = [
        "export/1/alpha_5_assignsubmission_file_/doubling.ipynb",
        "export/2/alpha_5_assignsubmission_file_doubling.ipynb",
    ]
    if newer_first:
        names.reverse()
    files = {names[0]: BOOK, names[1]: OTHER}
    collected = collect(course, "one", export(course, dict(sorted(files.items())), dates={names[1]: LATER}))
    assert handed_in(course) == {"alpha_5/one/doubling.ipynb": OTHER}
    assert collected.said == [f"alpha_5: doubling.ipynb twice; {names[1]} is taken, {names[0]} is left out"]


def test_the_time_in_a_name_counts_and_not_that_of_the_file(course):
    names = [f"One_alpha_attempt_2026-05-{day}-12-00-00_doubling.ipynb" for day in ("09", "08")]
    collect(course, "one", export(course, {names[0]: BOOK, names[1]: OTHER}, dates={names[1]: LATER}))
    assert handed_in(course) == {"alpha/one/doubling.ipynb": BOOK}


def test_what_is_there_is_left_alone_unless_told_and_then_kept_aside(course):
    source = export(course, {"alpha_doubling.ipynb": BOOK, "beta_doubling.ipynb": BOOK})
    collect(course, "one", source)
    assert collect(course, "one", source).said == [
        *("alpha: is there already, and the same", "beta: is there already, and the same")
    ]
    source = export(course, {"alpha_doubling.ipynb": OTHER, "beta_doubling.ipynb": BOOK})
    collected = collect(course, "one", source)
    (line,) = collected.left_out
    assert "alpha" in line
    assert "--force" in line
    assert handed_in(course)["alpha/one/doubling.ipynb"] == BOOK
    for number, content in enumerate((OTHER, BOOK), 1):
        source = export(course, {"alpha_doubling.ipynb": content})
        collected = collect(course, "one", source, force=True)
        assert collected.left_out == []
        assert f"downloaded/replaced/one/alpha/{number}" in collected.said[0]
        assert handed_in(course)["alpha/one/doubling.ipynb"] == content
    kept = course.root / "downloaded" / "replaced" / "one" / "alpha"
    assert [(kept / number / DOUBLING).read_bytes() for number in "12"] == [BOOK, OTHER]


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"doubling.ipynb": BOOK}, "doubling.ipynb: whose is it? expected ID_notebook.ipynb"),
        ({"grades.csv": b""}, "grades.csv: whose is it?"),
        ({"../beta_doubling.ipynb": BOOK}, "leads out of the archive"),
        ({"x/../../etc/doubling.ipynb": BOOK}, "leads out of the archive"),
        ({"gamma_assignsubmission_file_/essay.docx": b""}, "gamma: no notebook among the files (essay.docx)"),
        ({"beta_doubling.ipynb": b" " * 10_000_001}, "larger than 10,000,000 bytes"),
        ({"a:b_doubling.ipynb": BOOK, "a?b_doubling.ipynb": BOOK}, "a:b would have the same folder, a-b"),
    ],
    ids=["no name", "no notebook", "upwards", "upwards inside", "another file", "too large", "same folder"],
)
def test_what_cannot_be_taken_is_one_line_and_the_rest_is_taken(course, files, words):
    collected = collect(course, "one", export(course, files | {"alpha_doubling.ipynb": BOOK}))
    (line,) = collected.left_out
    assert line.startswith("left out: ")
    assert words in line
    assert handed_in(course)["alpha/one/doubling.ipynb"] == BOOK
    assert not list(course.root.parent.glob("beta*"))


def test_damaged_and_locked_entries_are_one_line_each(course):
    data = packed({"alpha_doubling.ipynb": BOOK, "beta_doubling.ipynb": BOOK, "zeta_doubling.ipynb": BOOK})
    data = data.replace(BOOK, BOOK[:-1] + b"?", 1)
    at = data.rindex(b"PK\x01\x02")
    locked = data[: at + 8] + bytes([data[at + 8] | 1]) + data[at + 9 :]
    (course.root / "export.zip").write_bytes(locked)
    collected = collect(course, "one", course.root / "export.zip")
    assert [line.partition(": it cannot be read")[0] for line in collected.left_out] == [
        *("left out: alpha_doubling.ipynb", "left out: zeta_doubling.ipynb")
    ]
    assert list(handed_in(course)) == ["beta/one/doubling.ipynb"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_links_and_pipes_in_a_folder_are_not_followed(course, tmp_path):
    folder = course.root / "export"
    save(folder / "alpha_doubling.ipynb", doubling())
    (folder / "beta_doubling.ipynb").symlink_to(course.root / "nbgrader_config.py")
    os.mkfifo(folder / "gamma_doubling.ipynb")
    assert len(collect(course, "one", folder).left_out) == 2
    assert list(handed_in(course)) == ["alpha/one/doubling.ipynb"]


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda path: path.write_bytes(packed({})), "no submission of one in it; expected"),
        (lambda path: path.write_bytes(packed({"x/two/": b""})), "no submission of one in it; expected"),
        (lambda path: path.mkdir(), "no submission of one in it; expected"),
        (lambda path: path.write_bytes(b"PK\x03\x04 and no more"), "neither a folder nor a whole zip"),
        (lambda path: None, "no such file or folder"),
    ],
    ids=["empty zip", "folders only", "empty folder", "cut off", "missing"],
)
def test_an_export_with_nothing_in_it_is_one_line(course, make, words):
    path = course.root / "export"
    make(path)
    with pytest.raises(UserError) as caught:
        collect(course, "one", path)
    (line,) = caught.value.lines
    assert words in line


def test_the_exchange_is_read_where_nbgrader_has_it(course):
    inbound = course.root / "exchange" / "concurrency" / "inbound"
    user = getpass.getuser()
    for folder, content in (
        (f"{user}+one+2026-05-04 12:00:00.000000 UTC+aa", BOOK),
        (f"{user}+one+2026-05-05 12:00:00.000000 UTC+bb", OTHER),
        ("beta+one+2026-05-05 12:00:00.000000 UTC", BOOK),
        (f"{user}+two+2026-05-05 12:00:00.000000 UTC", BOOK),
    ):
        (inbound / folder).mkdir(parents=True)
        (inbound / folder / DOUBLING).write_bytes(content)
    collected = collect(course, "one", None)
    assert handed_in(course) == {f"{user}/one/doubling.ipynb": OTHER, "beta/one/doubling.ipynb": BOOK}
    owner, twice = collected.said
    assert owner.startswith("beta: ")
    assert user in owner
    assert "is left out" in twice


def test_without_an_exchange_that_is_told(course, monkeypatch):
    from nbgrader.exchange.default import Exchange

    monkeypatch.setattr(Exchange, "root", str(course.root / "nowhere"))
    with pytest.raises(UserError, match="no exchange here; name a zip or a folder"):
        collect(course, "one", None)


def test_a_disk_that_is_full_loses_nothing(course, monkeypatch):
    collect(course, "one", export(course, {"alpha_doubling.ipynb": BOOK}))

    def fail(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(collecting, "replace_files", fail)
    with pytest.raises(OSError, match="No space"):
        collect(course, "one", export(course, {"alpha_doubling.ipynb": OTHER}), force=True)
    assert handed_in(course) == {"alpha/one/doubling.ipynb": BOOK}


def test_command_says_who_handed_in_what_and_ends_with_1_if_something_is_left_out(course, monkeypatch, capsys):
    monkeypatch.chdir(course.root)
    export(course, {"alpha_doubling.ipynb": BOOK, "alpha_tripling.ipynb": BOOK, "x.txt": b""})
    with pytest.raises(SystemExit) as ended:
        cli.main(["collect", "one", "export.zip"])
    said = capsys.readouterr()
    assert (ended.value.code, said.out) == (1, "submitted/alpha/one: doubling.ipynb, tripling.ipynb\n")
    assert said.err.startswith("left out: x.txt: ")
    (course.root / "submitted").rename(course.root / "kept")
    export(course, {"alpha_doubling.ipynb": BOOK})
    with pytest.raises(SystemExit) as ended:
        cli.main(["collect", "one", "export.zip"])
    assert (ended.value.code, capsys.readouterr().err) == (0, "")
