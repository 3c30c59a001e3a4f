"""What an assignment must keep to before it may be released, each breach in one line that names the cell.

Most of these mistakes do not stop nbgrader: they give a solution away, make a score that means nothing, or fill git
with noise, and nobody notices.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from pathlib import Path

from autograder.authoring.normalise import NBGRADER_SCHEMA
from autograder.notebooks import (
    HIDDEN,
    SOLUTION,
    Cell,
    Notebook,
    exercise_of,
    exercises,
    grade_id,
    is_solution,
    is_test,
    mark_of,
    split_region,
)

DATA = "data"
IGNORED = (".ipynb_checkpoints", ".DS_Store")
STUB = "raise NotImplementedError()"
STUB_LINES = {"# YOUR CODE HERE", STUB}

AUTOMATIC_GRADE_ID = re.compile(r"cell-[0-9a-f]{6,}")
EXERCISE_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
# Any way to write one of nbgrader's markers, so that one with a slip of the pen is found too.
LIKE_A_MARKER = re.compile(
    r"(BEGIN|END)[ _-]+(SOLUTIONS?|HIDDEN|MARK)\b"
    r"|(?i:^\W*(begin|end)[ _-]*(solution|hidden[ _-]*test|mark[ _-]*scheme)s?\W*$)"
)


def misplaced_files(source: Path, assignment: str) -> list[str]:
    """What lies in `source/<assignment>/` without belonging there, a line each.

    Notebooks lie directly in the folder, the data files that they read in `data/` below it. nbgrader would hand
    everything else out to students too: answers, modules left over from running a notebook, links to anywhere.
    """
    wrong = []
    top = source / assignment
    for folder, folders, files in os.walk(top):
        inside = Path(folder).relative_to(top)
        in_data = inside.parts[:1] == (DATA,)
        for name in sorted((*folders, *files)):
            path = Path(folder) / name
            if name in IGNORED:
                continue
            if path.is_symlink():
                wrong.append(f"{_shown(path, source)}: is a link; put the file itself there")
            elif name in folders:
                if name == "__pycache__" or not (in_data or (inside == Path() and name == DATA)):
                    wrong.append(f"{_shown(path, source)}: a folder that does not belong here; delete it or move it")
            elif in_data:
                if path.suffix in (".py", ".pyc", ".ipynb"):
                    wrong.append(f"{_shown(path, source)}: is code, not data; delete it or move it")
            elif inside == Path() and path.suffix != ".ipynb":
                wrong.append(
                    f"{_shown(path, source)}: does not belong here and would be handed out; delete it or move it "
                    f"(answers to answers/{assignment}/, data to source/{assignment}/{DATA}/)"
                )
        folders[:] = [name for name in folders if name == DATA or in_data]
    return wrong


def _shown(path: Path, source: Path) -> str:
    return path.relative_to(source.parent).as_posix()


def breaches(notebook: Notebook, where: str) -> list[str]:
    """What is wrong with a source notebook, a line each, in the order of its cells; `where` is how lines begin."""
    ids = Counter(grade_id(cell) for cell in notebook["cells"] if mark_of(cell))
    names = {exercise.name for exercise in exercises(notebook)}
    tested = {exercise_of(cell) for cell in notebook["cells"] if mark_of(cell).get("grade")}
    wrong = []
    for number, cell in enumerate(notebook["cells"], 1):
        found = [*_stored(cell), *_marker_breaches(cell)]
        if mark_of(cell):
            found += _mark_breaches(cell, names, tested)
            if grade_id(cell) and ids[grade_id(cell)] > 1:
                found.append("its grade_id is used more than once in this notebook; give each cell one of its own")
        wrong += [f"{where}, {_called(cell, number)}: {what}" for what in found]
    return wrong


def _called(cell: Cell, number: int) -> str:
    name = grade_id(cell) or cell.get("id") or ""
    return f"cell {name}" if grade_id(cell) and not AUTOMATIC_GRADE_ID.fullmatch(name) else f"cell {number} ({name})"


def _stored(cell: Cell) -> list[str]:
    if cell["cell_type"] != "code":
        return []
    if cell.get("outputs"):
        return ["has stored outputs; run `autograder normalise`"]
    if cell.get("execution_count") is not None:
        return ["has a stored execution count; run `autograder normalise`"]
    return []


def _mark_breaches(cell: Cell, names: set[str], tested: set[str]) -> list[str]:
    mark = mark_of(cell)
    name = grade_id(cell)
    if mark.get("schema_version") != NBGRADER_SCHEMA:
        return [f"nbgrader metadata of version {mark.get('schema_version')}, expected 3; run `nbgrader update source`"]
    wrong = []
    if not name or AUTOMATIC_GRADE_ID.fullmatch(name):
        wrong.append("has no readable grade_id; name it by its exercise, as in fetch_all or fetch_all-order")
    elif is_solution(cell):
        if not EXERCISE_NAME.fullmatch(name):
            wrong.append("a solution cell's grade_id is the name of its exercise, without a hyphen")
        elif name not in tested:
            wrong.append(f"no test cell for this exercise; expected one with a grade_id like {name}-order")
    elif is_test(cell):
        if exercise_of(cell) not in names:
            wrong.append(f"tests {exercise_of(cell)}, but no solution cell of this notebook has that grade_id")
        elif "-" not in name:
            wrong.append(f"a test cell's grade_id says what it tests, as in {name}-order")
    if is_test(cell) and cell["cell_type"] != "code":
        wrong.append("is graded by running it, but is no code cell")
    if mark.get("grade") or mark.get("task"):
        points = mark.get("points")
        if isinstance(points, bool) or not isinstance(points, int) or points < 1:
            wrong.append(f"is worth {points} points; expected a whole number, 1 or more")
    return wrong


def _marker_breaches(cell: Cell) -> list[str]:
    source = cell["source"]
    wrong = []
    for markers, allowed, place in ((SOLUTION, is_solution(cell), "a solution"), (HIDDEN, is_test(cell), "a test")):
        try:
            inside, outside = split_region(source, markers)
        except ValueError as error:
            wrong.append(str(error))
            continue
        marked = len(inside) + len(outside) < len(source.split("\n"))
        if marked and not allowed:
            wrong.append(f"has {markers[0]}, but is not {place} cell")
        elif not marked and markers is SOLUTION and is_solution(cell) and cell["cell_type"] == "code":
            wrong.append(f"is a solution cell without {SOLUTION[0]} and {SOLUTION[1]}; the whole cell would be blanked")
        elif marked and markers is HIDDEN and any(_is_code(line) for line in outside):
            wrong.append(f"has code outside {HIDDEN[0]} and {HIDDEN[1]}, which students would get; only a comment may")
    nearly = [line.strip() for line in source.split("\n") if LIKE_A_MARKER.search(line) and not _is_marker(line)]
    return wrong + [f"the line {line!r} looks like a marker but nbgrader would not take it for one" for line in nearly]


def _is_code(line: str) -> bool:
    return bool(line.strip()) and not line.strip().startswith("#")


def _is_marker(line: str) -> bool:
    return any(marker in line for marker in (*SOLUTION, *HIDDEN, "BEGIN MARK SCHEME", "END MARK SCHEME"))


def leaks(source: Notebook, released: Notebook, where: str) -> list[str]:
    """What a released notebook gives away of its source, or lacks, a line each; `where` is how lines begin.

    Asked of what nbgrader made, so that a change of its settings or of its ways cannot hand out a solution unseen.
    """
    secret: set[str] = set()
    public: set[str] = set(STUB_LINES)
    for cell in source["cells"]:
        solution, rest = split_region(cell["source"], SOLUTION)
        hidden, rest = split_region("\n".join(rest), HIDDEN)
        secret.update(line.strip() for line in (*solution, *hidden))
        public.update(line.strip() for line in rest)
    wrong = []
    for number, cell in enumerate(released["cells"], 1):
        lines = [line.strip() for line in cell["source"].split("\n")]
        called = f"{where}, {_called(cell, number)}"
        if any(LIKE_A_MARKER.search(line) for line in lines):
            wrong.append(f"{called}: a marker of a solution or hidden test would still stand in the release")
        elif any(line in secret - public for line in lines):
            wrong.append(f"{called}: lines of a solution or hidden test would stand in the release")
        if is_solution(cell) and cell["cell_type"] == "code" and STUB not in lines:
            wrong.append(f"{called}: the released cell lacks the line `{STUB}`; see nbgrader_config.py")
    return wrong
