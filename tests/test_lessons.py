"""The lessons: each is run in a real kernel, cell by cell and by Run All, and keeps to the form that readers know.

A cell that is tagged `raises-exception` announces its error, and what goes to stderr with it; so does its text.
Beside the lessons lie `notes.md`, which says where each point of the class notes went, and a glossary of all terms.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Empty
from types import SimpleNamespace

import matplotlib.font_manager  # noqa: F401 - makes matplotlib's font cache, which is no lesson's business
import nbformat
import pytest
from nbclient import NotebookClient
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, output_from_msg

from autograder import slow_site
from autograder.slow_site import DELAYS, SlowSite, fetch, songs_of

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = ROOT / "notebooks"
LESSONS = sorted(path for path in NOTEBOOKS.rglob("*.ipynb") if ".ipynb_checkpoints" not in path.parts)
EXERCISES = sorted((ROOT / "source").glob("*/*.ipynb"))
START, GLOSSARY = NOTEBOOKS / "00_start_here.ipynb", NOTEBOOKS / "glossary.ipynb"
NOTES = NOTEBOOKS / "notes.md"
WITHOUT_EXERCISES = (START, GLOSSARY, NOTEBOOKS / "01_review" / "interview_questions.ipynb")
SECONDS_PER_CELL = 10
SECONDS_FOR_ALL = 240  # for all lessons, each run twice, on two cores
LINES_PER_CELL = 14
OUTPUTS = ("stream", "display_data", "execute_result", "error")


def each(paths: list[Path]) -> pytest.MarkDecorator:
    """The test once for each lesson of these, named after its folder and itself."""
    return pytest.mark.parametrize(
        "path", paths, ids=[path.relative_to(NOTEBOOKS).with_suffix("").as_posix() for path in paths]
    )


each_lesson = each(LESSONS)

BEFORE = """
import sys, threading

_threads, _addresses = set(threading.enumerate()), []


def _listen(event, arguments):
    if event == "socket.connect" and isinstance(arguments[1], tuple):
        if not arguments[1][0].startswith(("127.", "::1", "localhost")):
            _addresses.append(arguments[1][0])


sys.addaudithook(_listen)
"""
# Threads and children that are ending get a moment to do so. multiprocessing keeps two helper processes to itself, and
# pyzmq a thread, for messages as large as pictures.
AFTER = """
import json, os, threading, time

import psutil

_new = [
    thread for thread in threading.enumerate()
    if thread not in _threads and not type(thread).__module__.startswith("zmq.")
]
_deadline = time.monotonic() + 3
for _thread in _new:
    _thread.join(max(_deadline - time.monotonic(), 0))
_helpers = ("multiprocessing.forkserver", "multiprocessing.resource_tracker")
_children = [
    child for child in psutil.Process().children(recursive=True)
    if child.ppid() != os.getpid() or not any(name in " ".join(child.cmdline()) for name in _helpers)
]
print(json.dumps({
    "threads": [thread.name for thread in _new if thread.is_alive()],
    "children": [str(child) for child in psutil.wait_procs(_children, 3)[1]],
    "addresses": _addresses,
}))
"""


def test_exercises_have_their_lessons_and_lessons_their_exercises():
    taught = {path.relative_to(NOTEBOOKS) for path in LESSONS if path not in WITHOUT_EXERCISES}
    assert taught == {path.relative_to(ROOT / "source") for path in EXERCISES}


@each_lesson
def test_a_lesson_runs_cell_by_cell(path: Path, tmp_path: Path, spent: Path):
    check(path, tmp_path, spent, run_cell_by_cell)


@each_lesson
def test_a_lesson_runs_with_all_cells_queued_at_once(path: Path, tmp_path: Path, spent: Path):
    check(path, tmp_path, spent, run_all)


@pytest.fixture(scope="session")
def spent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file for the seconds of all lessons that this run of pytest runs, in however many processes."""
    own = tmp_path_factory.getbasetemp()
    return (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "seconds-of-lessons"


def check(path: Path, tmp_path: Path, spent: Path, run) -> None:
    """Run a copy of the lesson, and look at what came out and what is left."""
    folder, others = tmp_path / "notebooks", shutil.ignore_patterns("*.py", "__pycache__", ".ipynb_checkpoints")
    shutil.copytree(NOTEBOOKS, folder, ignore=others)
    shutil.copytree(ROOT / "release", tmp_path / "release", ignore=others)
    notebook = nbformat.read(path, as_version=4)
    notebook.cells = [new_code_cell(BEFORE, id="before"), *notebook.cells, new_code_cell(AFTER, id="after")]
    client = NotebookClient(
        notebook,
        timeout=SECONDS_PER_CELL,
        allow_errors=True,
        resources={"metadata": {"path": str(folder / path.parent.relative_to(NOTEBOOKS))}},
    )
    begin = time.monotonic()
    # With this variable ipykernel does not show what child processes write, as it does for a reader.
    run(client, {name: value for name, value in os.environ.items() if name != "PYTEST_CURRENT_TEST"})
    with spent.open("a") as file:
        file.write(f"{time.monotonic() - begin}\n")
    assert sum(map(float, spent.read_text().split())) < 2 * SECONDS_FOR_ALL, "the lessons take too long, all together"
    assert [problem for cell in notebook.cells for problem in problems(cell)] == []
    left = json.loads(notebook.cells[-1].outputs[0].text)
    assert left == {"threads": [], "children": [], "addresses": []}


def run_cell_by_cell(client: NotebookClient, environment: dict[str, str]) -> None:
    client.execute(env=environment)


def run_all(client: NotebookClient, environment: dict[str, str]) -> None:
    asyncio.run(send_all(client, environment))


async def send_all(client: NotebookClient, environment: dict[str, str]) -> None:
    """Send all cells before the first has run, as JupyterLab's Run All does, and collect their outputs."""
    async with client.async_setup_kernel(env=environment):
        asked = {
            client.kc.execute(cell.source, stop_on_error=not announces_an_error(cell)): cell
            for cell in client.nb.cells
            if cell.cell_type == "code"
        }
        started, ended = [], []
        while len(ended) < len(asked):
            try:
                message = await client.kc.get_iopub_msg(timeout=SECONDS_PER_CELL)
            except Empty:
                cell = asked[started[-1]].id if started else "the kernel"
                raise AssertionError(f"{cell}: nothing was heard of it for {SECONDS_PER_CELL} s") from None
            request, kind = message["parent_header"].get("msg_id"), message["msg_type"]
            if request not in asked:
                continue
            if kind == "execute_input":
                started.append(request)
            elif kind in OUTPUTS:
                asked[request].outputs.append(output_from_msg(message))
            elif kind == "status" and message["content"]["execution_state"] == "idle":
                ended.append(request)
        assert [cell.id for request, cell in asked.items() if request not in started] == [], "cells that were dropped"


def problems(cell: NotebookNode) -> list[str]:
    """What a reader would stumble over in the outputs of a cell."""
    outputs = cell.get("outputs", [])
    errors = [f"{one.ename}: {one.evalue}" for one in outputs if one.output_type == "error"]
    stderr = [one.text for one in outputs if one.output_type == "stream" and one.name == "stderr"]
    if announces_an_error(cell):
        return [] if errors else [f"{cell.id}: announces an error, but none came"]
    return [f"{cell.id}: {what}" for what in errors + stderr]


def announces_an_error(cell: NotebookNode) -> bool:
    return "raises-exception" in cell.metadata.get("tags", [])


@each_lesson
def test_cells_of_code_are_short(path: Path):
    lengths = {cell.id: len(cell.source.splitlines()) for cell in code_cells(path)}
    assert {name: length for name, length in lengths.items() if length > LINES_PER_CELL} == {}


@each([path for path in LESSONS if path != GLOSSARY])
def test_a_lesson_begins_with_its_goals_and_ends_with_a_summary_and_where_to_go_on(path: Path):
    first, *_, last = nbformat.read(path, as_version=4).cells
    assert "you will be able to" in first.source
    assert 3 <= len(re.findall(r"^- ", first.source, re.MULTILINE)) <= 5
    assert last.source.startswith("## Summary")
    assert 3 <= len(re.findall(r"^- ", last.source, re.MULTILINE)) <= 5
    where = linked_files(path, [last])
    if path in WITHOUT_EXERCISES:
        assert where
    else:
        assert (ROOT / "release" / path.relative_to(NOTEBOOKS)) in where


@each_lesson
def test_links_lead_somewhere(path: Path):
    for link in linked_files(path, nbformat.read(path, as_version=4).cells):
        assert link.is_file(), link


@each([path for path in LESSONS if path not in WITHOUT_EXERCISES])
def test_exercises_link_back_to_their_lesson(path: Path):
    for copy in ("source", "release"):
        exercises = ROOT / copy / path.relative_to(NOTEBOOKS)
        assert path in linked_files(exercises, nbformat.read(exercises, as_version=4).cells)


def test_the_first_notebook_leads_to_all_others():
    found = linked_files(START, nbformat.read(START, as_version=4).cells)
    release = [ROOT / "release" / path.relative_to(ROOT / "source") for path in EXERCISES]
    assert {*LESSONS, *release, NOTES} - {START, *found} == set()


def code_cells(path: Path) -> list[NotebookNode]:
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]


def linked_files(path: Path, cells: list[NotebookNode]) -> list[Path]:
    """The files of the course that the notebook's texts link to."""
    links = re.findall(r"\]\(([^)\s]+)\)", "\n".join(cell.source for cell in cells if cell.cell_type == "markdown"))
    return [(path.parent / link).resolve() for link in links if not link.startswith("https://")]


# The class notes and their words


def test_each_point_of_the_notes_is_treated_in_a_cell_of_a_lesson():
    points = points_of_the_notes()
    assert len(points) == len({(note, path) for note, _, path, _ in points}) >= 79
    ids = {path: {cell.id for cell in nbformat.read(path, as_version=4).cells} for path in {row[2] for row in points}}
    for note, in_english, path, cells in points:
        assert note and in_english and cells, f"{note}: an entry is empty"
        assert set(cells) <= ids[path], f"{note}: no such cell in {path.name}"


def test_samples_of_the_notes_are_run():
    for note, _, path, cells in points_of_the_notes():
        if note.startswith("例："):
            assert {cell.id for cell in code_cells(path)} & set(cells), f"{note}: no code shows it"


def points_of_the_notes() -> list[tuple[str, str, Path, list[str]]]:
    """The rows of notes.md: the notes' words, the same in English, the lesson, and the ids of its cells."""
    rows = [line.strip()[1:-1].split("|") for line in NOTES.read_text(encoding="utf-8").splitlines() if "](" in line]
    assert all(len(row) == 4 for row in rows), [row for row in rows if len(row) != 4]
    lessons = [re.search(r"\]\((.+)\)", row[2])[1] for row in rows]
    return [
        (row[0].strip(), row[1].strip(), NOTEBOOKS / lesson, re.findall(rf"\]\({lesson}#cell-id=([^)]+)\)", row[3]))
        for row, lesson in zip(rows, lessons, strict=True)
    ]


def test_the_glossary_has_all_chinese_terms_of_the_lessons():
    known = words_in(GLOSSARY)
    missing = {
        f"{path.name}: {term}"
        for path in LESSONS
        for bracket in re.findall(r"[(（]([^()（）]*[\u4e00-\u9fff][^()（）]*)[)）]", words_in(path))
        for term in re.split(r"[,，;；/.] ?", bracket)
        if re.search(r"[\u4e00-\u9fff]", term) and term.strip() not in known
    }
    assert missing == set()


def words_in(path: Path) -> str:
    """The texts of a lesson, without its code."""
    return "\n".join(cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "markdown")


# The site that the lessons crawl


def test_pages_of_the_slow_site_can_be_fetched_all_at_once(monkeypatch):
    all_are_asked_for = threading.Barrier(len(DELAYS))
    monkeypatch.setattr(slow_site, "time", SimpleNamespace(sleep=lambda seconds: all_are_asked_for.wait(10)))
    with SlowSite() as site, ThreadPoolExecutor(len(DELAYS)) as pool:
        pages = list(pool.map(fetch, site.urls))
    assert len(set(pages)) == len(DELAYS)
    assert all(len(songs_of(page)) > 50 for page in pages)


def test_pages_are_the_same_each_time_and_link_to_pages_that_exist():
    with SlowSite() as one, SlowSite() as other:
        page = fetch(one.urls[4])
        assert page == fetch(other.urls[4])
        links = re.findall(r'href="(/\d+)"', page)
        assert links
        assert set(links) <= {url[url.rindex("/") :] for url in one.urls}


@pytest.mark.parametrize(("path", "answer"), [("/13", "503"), ("/99", "404"), ("/", "404"), ("/²", "404")])
def test_a_page_that_cannot_be_had_raises_an_error_that_names_it(path: str, answer: str):
    with SlowSite() as site:
        url = site.urls[0].removesuffix("/1") + path.replace("²", "%C2%B2")
        with pytest.raises(OSError, match=re.escape(url) + f".*{answer}"):
            fetch(url)
        assert site.broken.endswith("/13")


def test_a_closed_site_answers_no_more_and_leaves_no_thread():
    before = set(threading.enumerate())
    site = SlowSite()
    assert fetch(site.urls[4])
    site.close()
    site.close()
    assert set(threading.enumerate()) == before
    with pytest.raises(OSError, match="did not answer"):
        fetch(site.urls[4])
