"""The real course, used as its instructor uses it: verified, released, solved, graded by plain nbgrader commands."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from jupyter_client.manager import start_new_kernel

from autograder.authoring.answers import ExerciseRef, read_answers
from autograder.course import Course
from autograder.notebooks import exercises, fill_in, grade_id, is_test, magic_of, mark_of, read
from benchmarks.grading import grades
from tests.settings import configure

PROJECT = Path(__file__).parents[1]
ASSIGNMENTS = sorted(path.name for path in (PROJECT / "source").iterdir())
SOURCES = sorted((PROJECT / "source").glob("*/*.ipynb"))
ASSIGNMENT = "02_pools"

# By exercise: the misconceptions that its tests must catch by name.
MISCONCEPTIONS = {
    "square_all": "M11",
    "Heartbeat": "M24 M34",
    "SafeCounter": "M12 M13 M15",
    "TicketOffice": "M14 M16",
    "transfer": "M15 M17 M18",
    "Memo": "M17 M19",
    "pipeline": "M4 M20 M21",
    "Scheduler": "M23",
    "bounded": "M22 M34",
    "consume": "M35",
    "fetch_all": "M1 M2 M3 M5",
    "fetch_report": "M4",
    "count_primes": "M10 M11",
    "run_with_callback": "M6 M7",
    "collect": "M8",
    "report_progress": "M7",
    "crawl": "M9",
    "crawl_all": "M33",
    "patched_fetch": "M32",
    "gather_in_order": "M26 M27 M29",
    "fetch_limited": "M25 M31",
    "retry": "M30",
    "with_deadline": "M28 M30",
    "EchoServer": "M28",
}


def run(*command, folder, wanted=0):
    ended = subprocess.run([sys.executable, "-m", *command], cwd=folder, capture_output=True, text=True, timeout=600)
    assert ended.returncode == wanted, f"{command}: {ended.stdout[-3000:]}{ended.stderr[-3000:]}"
    return ended


@pytest.fixture
def course(tmp_path):
    shutil.copytree(PROJECT / "source", tmp_path / "source")
    configure(tmp_path)
    return Course(tmp_path)


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_verify_finds_every_verdict_as_the_answers_name_it(assignment, tmp_path):
    rows = tmp_path / "rows.json"
    run("autograder", "verify", assignment, "--json", str(rows), folder=PROJECT)
    verdicts = json.loads(rows.read_text())
    assert all(row["ok"] for row in verdicts)
    counts = {}
    for row in verdicts:
        counts.setdefault((row["notebook"], row["exercise"]), []).append(row["kind"])
    found = [
        (path.stem, each.name) for path in SOURCES if path.parent.name == assignment for each in exercises(read(path))
    ]
    assert sorted(counts) == sorted(found)
    for kinds in counts.values():
        assert kinds.count("stub") == kinds.count("solution") == 1
        assert kinds.count("right") >= 2
        assert kinds.count("wrong") >= 4


def test_each_listed_misconception_is_caught_by_name():
    found = {}
    for notebook in SOURCES:
        known = [ExerciseRef.of(notebook.parent.name, notebook.stem, each) for each in exercises(read(notebook))]
        for answer in read_answers(PROJECT / "answers", known)[0]:
            found.setdefault(answer.exercise, set()).update(answer.misconceptions)
    missed = {name: set(listed.split()) - found.get(name, set()) for name, listed in MISCONCEPTIONS.items()}
    assert not {name: left for name, left in missed.items() if left}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_a_solved_notebook_runs_with_all_its_cells_queued_at_once(path, tmp_path):
    cells = [cell for cell in read(path)["cells"] if cell["cell_type"] == "code"]
    manager, client = start_new_kernel(cwd=str(tmp_path))
    try:
        asked = {client.execute(cell["source"], allow_stdin=False, stop_on_error=False): cell["id"] for cell in cells}
        failed = {}
        while asked:
            reply = client.get_shell_msg(timeout=60)
            name = asked.pop(reply["parent_header"].get("msg_id"), None)
            if name and reply["content"]["status"] != "ok":
                failed[name] = reply["content"].get("evalue")
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    assert not failed


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_plain_nbgrader_commands_release_grade_and_give_feedback(course, assignment):
    """`generate_assignment`, `validate`, `autograde`, `generate_feedback`, as nbgrader's documentation has them."""
    run("nbgrader", "generate_assignment", assignment, folder=course.root)
    solved = course.root / "submitted" / "solved" / assignment
    untouched = course.root / "submitted" / "untouched" / assignment
    shutil.copytree(course.release / assignment, untouched)
    shutil.copytree(course.release / assignment, solved)
    points = {}
    for path in solved.glob("*.ipynb"):
        source, notebook = read(course.source / assignment / path.name), read(path)
        points |= {(path.stem, grade_id(cell)): mark_of(cell)["points"] for cell in source["cells"] if is_test(cell)}
        for exercise in exercises(source):
            fill_in(notebook, exercise.name, exercise.solution["source"].removeprefix(magic_of(exercise.solution)))
        path.write_text(json.dumps(notebook))
        said = run("nbgrader", "validate", str(path), folder=course.root).stdout
        assert "Success! Your notebook passes all the tests." in said
    for path in untouched.glob("*.ipynb"):
        assert "VALIDATION FAILED" in run("nbgrader", "validate", str(path), folder=course.root).stdout

    run("nbgrader", "autograde", assignment, folder=course.root)
    run("nbgrader", "generate_feedback", assignment, folder=course.root)
    run("nbgrader", "export", "--to", "grades.csv", folder=course.root)
    scores = [line.split(",") for line in (course.root / "grades.csv").read_text().splitlines()]
    student, score, most = (scores[0].index(name) for name in ("student_id", "score", "max_score"))
    assert {row[student]: (float(row[score]), float(row[most])) for row in scores[1:]} == {
        "solved": (sum(points.values()), sum(points.values())),
        "untouched": (0, sum(points.values())),
    }
    for name in ("solved", "untouched"):
        pages = sorted((course.root / "feedback" / name / assignment).glob("*.html"))
        assert [page.stem for page in pages] == sorted(path.stem for path in solved.glob("*.ipynb"))
        if name == "untouched":
            assert all("is not written yet" in page.read_text() for page in pages)
    assert not list(course.root.glob("release/**/*.py"))


def test_the_demo_scores_its_class_as_expected_and_touches_nothing_outside_build(tmp_path):
    for name in ("source", "answers"):
        shutil.copytree(PROJECT / name / ASSIGNMENT, tmp_path / name / ASSIGNMENT)
    shutil.copy(PROJECT / "nbgrader_config.py", tmp_path)
    before = sorted(path for path in tmp_path.rglob("*"))
    said = run("autograder", "demo", folder=tmp_path).stdout
    assert "no surprises" in said
    rows = [line.split("│") for line in said.splitlines() if line.count("│") >= 6]
    assert len({row[1].strip() for row in rows} - {""}) >= 20
    assert [row[1].strip() for row in rows if "flagged" in row[5]] == ["forges"]
    assert sorted(path for path in tmp_path.rglob("*") if tmp_path / "build" not in (path, *path.parents)) == before
    assert (tmp_path / "build" / "demo" / "feedback" / "all-right" / ASSIGNMENT / "thread_pools.html").is_file()
    assert not os.path.exists(tmp_path / "gradebook.db")

    demo = tmp_path / "build" / "demo"
    graded = scores(demo)
    (demo / "gradebook.db").unlink()
    configure(demo)
    run("nbgrader", "autograde", ASSIGNMENT, "--force", folder=demo)
    assert scores(demo) == graded


def scores(folder):
    """The points of each test cell of each student, and whether a person has to look."""
    return {key: (grade.auto_score, grade.needs_manual_grade) for key, grade in grades(Course(folder))}
