"""Puts what was handed in elsewhere into submitted/: an export of a learning platform, a folder, nbgrader's exchange.

Whose a file is follows from names alone, in the ways that `_told` lists. What cannot be told is named and left where
it is; nothing in submitted/ is replaced unasked, and what is replaced is kept aside.
"""

from __future__ import annotations

import io
import os
import re
import stat
import sys
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import takewhile
from pathlib import Path, PurePosixPath

from autograder.course import Course
from autograder.errors import UserError
from autograder.files import replace_files
from autograder.grading.intake import LARGEST_FILE
from autograder.nbgrader_app import load_config
from autograder.notebooks import find_notebooks

LEFT_OUT = 1  # exit code: something was not taken
MOST_FILES = 100_000
DEEPEST_ARCHIVE = 2  # archives in archives
NOISE = {"__MACOSX", "__pycache__", "Thumbs.db", "desktop.ini"}
HOW = "expected ID_notebook.ipynb, a folder for each student, or the names of a Moodle, Canvas or Blackboard export"

_MOODLE = re.compile(r"(?P<student>.+?)_assignsubmission_file_?(?P<file>.*)")
_BLACKBOARD = re.compile(r"(?:.*_)?(?P<student>[^_]+)_attempt_(?P<time>\d{4}(?:-\d\d){5})_?(?P<file>.*)")
_CANVAS = re.compile(r"(?P<student>[^_]+)_(?:LATE_)?(?P<number>\d+)_\d+_(?P<file>.+)")
_COPY = r"(?: ?\(\d+\)|-\d+)?"  # what a browser or a platform adds to a name that it has already
UNREADABLE = (ValueError, RuntimeError, NotImplementedError, zipfile.BadZipFile, zlib.error)  # in a zip
_UNFIT = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\[\]]')


@dataclass(frozen=True)
class Found:
    """A file that somebody handed in: the `parts` of its path, when it was written, and how to read it."""

    parts: tuple[str, ...]
    time: float
    read: Callable[[], bytes]

    @property
    def shown(self) -> str:
        """Its path, for people."""
        return "/".join(self.parts)


@dataclass
class Collected:
    """`taken`, names of files by student; `left_out`, why not, a line for each other file; `said`, what was chosen."""

    taken: dict[str, list[str]] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)


def run_collect(course: Course, assignment: str, source: Path | None, *, force: bool = False) -> int:
    """Collect, and tell what was taken and what was not; the exit code. Raises UserError, OSError."""
    collected = collect(course, assignment, source, force=force)
    for student, names in collected.taken.items():
        print(f"submitted/{student}/{assignment}: {', '.join(names)}")
    for line in (*collected.said, *collected.left_out):
        print(line, file=sys.stderr)
    return LEFT_OUT if collected.left_out else 0


def collect(course: Course, assignment: str, source: Path | None, *, force: bool = False) -> Collected:
    """Put the submissions of an assignment into submitted/.

    Parameters: `source`, a zip or a folder, or None for nbgrader's exchange; `force`, whether a submission that is
    there already is replaced; the old one goes to downloaded/replaced/.

    Raises: UserError, if there is nothing to collect; OSError.
    """
    course.select([assignment])
    collected = Collected()
    if source is None:
        source = _inbound(course)
        collected.said += _strangers(source, assignment)
    found = list(_files(source, collected.left_out))
    chosen = _choose(course, assignment, found, collected)
    for student, files in sorted(chosen.items()):
        contents = {}
        for name, each in sorted(files.items()):
            try:
                contents[name] = each.read()
            except UNREADABLE as error:
                collected.left_out.append(f"left out: {each.shown}: it cannot be read: {error}")
        if any(name.endswith(".ipynb") for name in contents):
            _store(course, assignment, student, contents, force, collected)
        elif contents:
            collected.left_out.append(f"left out: {student}: no notebook among the files ({', '.join(contents)})")
    if not chosen:
        raise UserError(*collected.left_out, f"{source}: no submission of {assignment} in it; {HOW}")
    return collected


def _inbound(course: Course) -> Path:
    """Where nbgrader's exchange keeps what students hand in. Raises UserError."""
    from nbgrader.exchange.default import Exchange

    config = load_config(course)
    folder = Path(Exchange(config=config).root) / str(config.CourseDirectory.get("course_id", "")) / "inbound"
    if not folder.is_dir():
        raise UserError(f"{folder}: no exchange here; name a zip or a folder: autograder collect ASSIGNMENT FILE")
    return folder


def _strangers(inbound: Path, assignment: str) -> Iterator[str]:
    """A line for each submission in the exchange that was not written by the user whose name it has."""
    for folder in sorted(inbound.glob(f"*+{assignment}+*")):
        student = folder.name.partition("+")[0]
        try:
            owner = folder.owner()
        except (KeyError, NotImplementedError):  # no such user any more; no users on this system
            continue
        if owner != student:
            yield f"{student}: {folder.name} was handed in by the user {owner}"


def _files(source: Path, left_out: list[str]) -> Iterator[Found]:
    """All files in a folder or an archive, and in archives in it. Raises UserError, OSError."""
    if source.is_dir():
        yield from _in_folder(source, left_out)
    elif not source.exists():
        raise UserError(f"{source}: no such file or folder; name the zip or the folder with the submissions")
    else:
        try:
            archive = zipfile.ZipFile(source)
        except zipfile.BadZipFile:
            raise UserError(f"{source}: neither a folder nor a whole zip; download it again, or unpack it") from None
        yield from _in_archive(archive, (), left_out, 1)


def _in_folder(top: Path, left_out: list[str]) -> Iterator[Found]:
    for folder, folders, files in os.walk(top):
        folders[:] = sorted(each for each in folders if not _is_noise((each,)))
        for name in sorted(files):
            path = Path(folder, name)
            parts = path.relative_to(top).parts
            if _is_noise(parts):
                continue
            about = path.lstat()
            if not stat.S_ISREG(about.st_mode):
                left_out.append(f"left out: {'/'.join(parts)}: it is a link or no ordinary file")
            elif path.suffix.lower() == ".zip":
                yield from _in_archive_inside(path, parts, left_out, 1)
            elif about.st_size > LARGEST_FILE:
                left_out.append(f"left out: {'/'.join(parts)}: it is larger than {LARGEST_FILE:,} bytes")
            else:
                yield Found(parts, about.st_mtime, path.read_bytes)


def _in_archive(archive: zipfile.ZipFile, where: tuple[str, ...], left_out: list[str], depth: int) -> Iterator[Found]:
    for number, entry in enumerate(archive.infolist()):
        parts = (*where, *PurePosixPath(_name_of(entry).replace("\\", "/")).parts)
        shown = "/".join(parts)
        if entry.is_dir() or _is_noise(parts):
            continue
        if number >= MOST_FILES:
            left_out.append(f"left out: the rest: more than {MOST_FILES:,} files")
            return
        kind = entry.external_attr >> 16
        if ".." in parts or "/" in parts or (kind and not stat.S_ISREG(kind) and stat.S_IFMT(kind)):
            left_out.append(f"left out: {shown}: it is a link or leads out of the archive")
        elif entry.file_size > LARGEST_FILE:
            left_out.append(f"left out: {shown}: it is larger than {LARGEST_FILE:,} bytes")
        elif parts[-1].lower().endswith(".zip") and depth < DEEPEST_ARCHIVE:
            try:
                inner = io.BytesIO(archive.read(entry))
            except UNREADABLE as error:
                left_out.append(f"left out: {shown}: it cannot be read: {error}")
            else:
                yield from _in_archive_inside(inner, parts, left_out, depth + 1)
        else:
            yield Found(parts, _time(*entry.date_time), lambda entry=entry: archive.read(entry))


def _in_archive_inside(
    file: Path | io.BytesIO, parts: tuple[str, ...], left_out: list[str], depth: int
) -> Iterator[Found]:
    """What is in an archive among other files, as if it were a folder of its name."""
    try:
        archive = zipfile.ZipFile(file)
    except zipfile.BadZipFile:
        left_out.append(f"left out: {'/'.join(parts)}: it is no whole zip")
    else:
        yield from _in_archive(archive, (*parts[:-1], parts[-1][: -len(".zip")]), left_out, depth)


def _name_of(entry: zipfile.ZipInfo) -> str:
    """The entry's name; older tools write UTF-8 without saying so."""
    if not entry.flag_bits & 0x800:
        try:
            return entry.filename.encode("cp437").decode()
        except UnicodeError:
            pass
    return entry.filename


def _is_noise(parts: tuple[str, ...]) -> bool:
    return any((part.startswith(".") and part != "..") or part in NOISE for part in parts)


def _time(*parts: int) -> float:
    try:
        return datetime(*parts).timestamp()
    except (ValueError, OverflowError, OSError):
        return 0.0


def _choose(course: Course, assignment: str, found: list[Found], collected: Collected) -> dict[str, dict[str, Found]]:
    """The files of each student by the names they get; of two with the same name, the newer."""
    notebooks = [path.stem for path in find_notebooks(course.source / assignment)]
    others = set(course.assignments()) - {assignment}
    around = _around(found, notebooks)
    named: dict[str, str] = {}
    chosen: dict[str, dict[str, Found]] = {}
    for each in found:
        if any(part in others or any(f"+{other}+" in part for other in others) for part in each.parts[:-1]):
            continue
        told = _told(each, assignment, notebooks, around)
        if not told or not (student := _fit(told[0])):
            collected.left_out.append(f"left out: {each.shown}: whose is it? {HOW}")
            continue
        handed_in_by, name, time = told
        if named.setdefault(student, handed_in_by) != handed_in_by:
            collected.left_out.append(f"left out: {each.shown}: {named[student]} would have the same folder, {student}")
            continue
        new = Found(each.parts, time, each.read)
        before = chosen.setdefault(student, {}).setdefault(name, new)
        if before is not new:
            older, newer = sorted((before, new), key=lambda one: one.time)
            chosen[student][name] = newer
            collected.said.append(f"{student}: {name} twice; {newer.shown} is taken, {older.shown} is left out")
    return chosen


def _around(found: list[Found], notebooks: list[str]) -> tuple[str, ...]:
    """The folders that lie around all notebooks, and so are no student's."""
    paths = [each.parts[:-1] for each in found if each.parts[-1].endswith(".ipynb")]
    levels = list(takewhile(lambda level: len(set(level)) == 1, zip(*paths, strict=False)))
    shared = tuple(level[0] for level in levels)
    if set(paths) == {shared} and not any(_from_name(each.parts[-1], notebooks) for each in found):
        return shared[:-1]  # a single student's folder
    return shared


def _told(
    found: Found, assignment: str, notebooks: list[str], around: tuple[str, ...]
) -> tuple[str, str, float] | None:
    """The student whose file it is, the file's name in the submission, and its time; None if names do not tell.

    In this order: STUDENT/ASSIGNMENT/... as nbgrader has it; the names that its exchange, Moodle and Blackboard give to
    folders and files; a folder for each student; the names of Canvas; ID_notebook.ipynb.
    """
    *folders, last = found.parts
    for place, part in enumerate(found.parts):
        is_file = place == len(folders)
        inside = _within(found.parts[place + 1 :], notebooks)
        if not is_file and part == assignment and place:
            return folders[place - 1], inside, found.time
        if not is_file and f"+{assignment}+" in part:
            stamp = re.search(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?", part)
            time = datetime.fromisoformat(stamp[0]).timestamp() if stamp else found.time
            return part.partition(f"+{assignment}+")[0], inside, time
        if (match := _MOODLE.fullmatch(part)) and bool(match["file"]) >= is_file:
            return match["student"], inside or _plain(match["file"], notebooks), found.time
        if (match := _BLACKBOARD.fullmatch(part)) and bool(match["file"]) >= is_file:
            time = _time(*map(int, match["time"].split("-")))
            return match["student"], inside or _plain(match["file"], notebooks), time
    if len(folders) > len(around):
        return folders[len(around)], _within(found.parts[len(around) + 1 :], notebooks), found.time
    return (*student, found.time) if (student := _from_name(last, notebooks)) else None


def _from_name(file: str, notebooks: list[str]) -> tuple[str, str] | None:
    """The student and the file's own name, where one name says both."""
    if match := _CANVAS.fullmatch(file):
        return f"{match['student']}_{match['number']}", _plain(match["file"], notebooks)
    for name in sorted(notebooks, key=len, reverse=True):
        if match := re.fullmatch(rf"(.+?)[_\-. ]{re.escape(name)}{_COPY}\.ipynb", file):
            return match[1], f"{name}.ipynb"
    return None


def _within(parts: tuple[str, ...], notebooks: list[str]) -> str:
    """A file's name in the submission; notebooks lie at its top, where they are looked for."""
    if parts and parts[-1].endswith(".ipynb"):
        return _plain(parts[-1], notebooks)
    return "/".join(parts)


def _plain(name: str, notebooks: list[str]) -> str:
    """The name without what was added to it because there was one like it."""
    for known in notebooks:
        if re.fullmatch(rf"{re.escape(known)}{_COPY}\.ipynb", name):
            return f"{known}.ipynb"
    return name


def _fit(student: str) -> str:
    """The student's id as it can be the name of a folder; nothing if nothing is left of it."""
    return _UNFIT.sub("-", unicodedata.normalize("NFC", student)).strip(" .")


def _store(
    course: Course, assignment: str, student: str, contents: dict[str, bytes], force: bool, collected: Collected
) -> None:
    """Write one submission, whole. Raises OSError."""
    place = course.root / "submitted" / student / assignment
    aside = None
    if place.exists():
        there = {
            path.relative_to(place).as_posix(): path.read_bytes() for path in sorted(place.rglob("*")) if path.is_file()
        }
        if there == contents:
            collected.said.append(f"{student}: is there already, and the same")
            return
        shown = f"submitted/{student}/{assignment}"
        if not force:
            collected.left_out.append(
                f"left out: {student}: {shown} is there already and differs; --force replaces it and keeps it aside"
            )
            return
        aside = _aside(course.root / "downloaded" / "replaced" / assignment / student)
        place.rename(aside)
        collected.said.append(f"{student}: what was in {shown} is now in {aside.relative_to(course.root).as_posix()}")
    try:
        replace_files({place / name: content for name, content in contents.items()})
    except OSError:
        if aside and not place.exists():
            aside.rename(place)
        raise
    collected.taken[student] = sorted(contents)


def _aside(folder: Path) -> Path:
    """A place in the folder that nothing has been put to yet. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    numbers = (int(path.name) for path in folder.iterdir() if path.name.isdecimal())
    return folder / str(max(numbers, default=0) + 1)
