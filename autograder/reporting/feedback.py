"""Makes the feedback page of a notebook: what was asked, what the student wrote, what each test said of it, the points.

What is ours on a page is what students have been given: task texts and test cells are those of `release/`, so a hidden
test shows its title alone. Code of a student's that has run beside hidden tests may know them. So what it showed from
then on is left out but for the first words of an error, and no line of a hidden test is repeated from a message.
"""

from __future__ import annotations

import base64
import binascii
import re
import struct
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from markupsafe import Markup
from nbconvert.exporters import Exporter
from nbformat import NotebookNode
from traitlets import default

from autograder.course import Course
from autograder.errors import UserError
from autograder.files import replace_files
from autograder.grading.hidden import HiddenLines
from autograder.grading.results import FLAGGED, GRADED, NotebookResult, result_in
from autograder.nbgrader_app import folders_of
from autograder.notebooks import Cell, Notebook, grade_id, is_solution, is_test, mark_of, read
from autograder.reporting import pages
from autograder.reporting.scores import CellScore, NotebookScore, read_autograded, read_scores
from autograder.terminal import progress_bar

LONGEST_CODE = 20_000  # characters of one cell
LONGEST_MESSAGE = 6_000
LONGEST_FOREIGN_MESSAGE = 300  # where it is no check's
LONGEST_OUTPUT = 4_000
LONGEST_OWN_CODE = 100_000  # of all cells of the student's own
MOST_OWN_CELLS = 100
MOST_OUTPUTS = 30  # of one cell
MOST_PICTURES = 10
LARGEST_PICTURE = 500_000  # characters in base64
WIDEST_PICTURE = 4_000  # pixels, to either side
WITH_THE_FEEDBACK = ("timestamp.txt", "submission_secret.txt")  # what `nbgrader release_feedback` looks for
NO_ANSWER = "No response."  # nbgrader's own comment, which the page says in other words

_WRITES_A_FILE = re.compile(r"((W|Overw)riting \S+\s*)*")  # what %%writefile says


@dataclass(frozen=True)
class Output:
    """Something that a cell of the student's showed: a text, an error, a picture as a data URL, or a note of ours."""

    kind: str
    text: str


@dataclass
class Block:
    """A cell on the page.

    `kind`: `text`, `given`, `own`, `answer` or `test`; `code`, as HTML, and whether that is of `prose`; `state` of what
    has points: `passed`, `partly`, `failed`, `open` or `unrun`; `hidden`, whether only the title of a test is known.
    """

    kind: str
    code: Markup | str = ""
    prose: bool = False
    title: str = ""
    score: CellScore | None = None
    state: str = ""
    hidden: bool = False
    message: pages.Message | None = None
    outputs: list[Output] = field(default_factory=list)
    comment: str = ""
    answered: bool = True


@dataclass
class Section:
    """A heading of the notebook and what is below it."""

    title: str
    blocks: list[Block] = field(default_factory=list)

    @property
    def scores(self) -> list[CellScore]:
        """The scores of its cells."""
        return [block.score for block in self.blocks if block.score]


def run_feedback(course: Course, assignment: str, students: Iterable[str] = ()) -> int:
    """Write the pages of an assignment into nbgrader's feedback folder; the exit code.

    Parameters: `students`, all who are graded if none is given.

    Raises: UserError, after all other pages are written, for those that cannot be made; OSError.
    """
    course.select([assignment])
    folders = folders_of(course)
    scores = read_scores(folders.db_url, assignment, students)
    released = read_released(course, assignment)
    written, problems = 0, []
    with progress_bar(f"feedback on {assignment}") as bar:
        for student, submission in bar.track(scores.submissions.items()):
            graded = Path(folders.format_path(folders.autograded_directory, student, assignment))
            place = Path(folders.format_path(folders.feedback_directory, student, assignment))
            try:
                made = {
                    place / f"{name}.html": page(
                        read_autograded(folders, student, assignment, name),
                        released.get(name),
                        score,
                        assignment=assignment,
                        student=student,
                        name=name,
                    ).encode()
                    for name, score in submission.notebooks.items()
                }
            except UserError as error:
                problems += [f"{line}; run `autograder grade {assignment} --student {student}`" for line in error.lines]
                continue
            beside = {
                place / name: (graded / name).read_bytes() for name in WITH_THE_FEEDBACK if (graded / name).is_file()
            }
            replace_files(made | beside, delete=set(place.glob("*.html")) - set(made))
            written += len(made)
    folder = Path(folders.format_path(folders.feedback_directory, "STUDENT", assignment))
    shown = folder.relative_to(course.root) if folder.is_relative_to(course.root) else folder
    print(f"{written} pages in {shown}/", file=sys.stderr)
    if problems:
        raise UserError(*problems)
    return 0


def read_released(course: Course, assignment: str) -> dict[str, Notebook]:
    """What students were given, by the names of the notebooks. Raises UserError."""
    folder = course.release / assignment
    return {path.stem: read(path, path.relative_to(course.root).as_posix()) for path in sorted(folder.glob("*.ipynb"))}


class FeedbackExporter(Exporter):
    """Lets `nbgrader generate_feedback`, and formgrader's button for it, make the same pages."""

    output_mimetype = "text/html"

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".html"

    def from_notebook_node(
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **options: Any
    ) -> tuple[str, dict[str, Any]]:
        """The page of an autograded notebook; `resources` are those of nbgrader's converter, which is the parent."""
        nb, resources = super().from_notebook_node(nb, resources, **options)
        about = resources["nbgrader"]
        student, assignment, name = about["student"], about["assignment"], about["notebook"]
        submission = read_scores(about["db_url"], assignment, [student]).submissions[student]
        released = read_released(Course(Path(self.parent.coursedir.root)), assignment).get(name)
        score = submission.notebooks[name]
        return page(nb, released, score, assignment=assignment, student=student, name=name), resources


def page(
    notebook: Notebook,
    released: Notebook | None,
    score: NotebookScore,
    *,
    assignment: str,
    student: str,
    name: str,
) -> str:
    """The page of one notebook, as HTML.

    Parameters: `notebook`, as it was autograded; `released`, what students were given, without which no text and no
    test of ours is shown; `score`, what the gradebook says of it.
    """
    cells = released["cells"] if released else []
    given = {cell["source"]: cell for cell in cells if not mark_of(cell)} | {_name(cell): cell for cell in cells}
    result = result_in(notebook, student, name)
    maker = _Maker(given, result, score, HiddenLines(cell["source"] for cell in notebook["cells"]))
    sections = list(maker.sections(notebook["cells"]))
    template = pages.templates().get_template("feedback.html")
    title = next((section.title for section in sections if section.title), name)
    return template.render(
        title=title,
        assignment=assignment,
        student=student,
        name=name,
        score=score,
        max_points=sum(cell.max_points for cell in score.cells.values()),
        status=result.status if result.status != GRADED or result.why else "",
        why=maker.hidden.left_out(result.why),
        withheld=result.status == FLAGGED,
        sections=sections,
        own_left_out=maker.own_left_out,
    )


def _name(cell: Cell) -> str:
    return grade_id(cell) or cell.get("id", "")


class _Maker:
    """Turns cells into blocks, from the first to the last."""

    def __init__(
        self, given: dict[str, Cell], result: NotebookResult, score: NotebookScore, hidden: HiddenLines
    ) -> None:
        self._given, self._result, self._score, self.hidden = given, result, score, hidden
        self._hidden_have_run = False
        self._own = self._own_length = self._pictures = 0
        self.own_left_out = 0  # of the student's own cells, those that are too many for the page

    def sections(self, cells: Iterable[Cell]) -> Iterator[Section]:
        """What is on the page."""
        section = Section("")
        for cell in cells:
            ours = self._given.get(_name(cell)) or (None if mark_of(cell) else self._given.get(cell["source"]))
            if ours and ours["cell_type"] == "markdown" and not is_solution(cell):
                heading, text = _heading(ours["source"])
                if heading:
                    if section.title or section.blocks:
                        yield section
                    section = Section(heading)
                section.blocks.append(Block("text", pages.markdown(text)))
            elif block := self._block(cell, ours):
                section.blocks.append(block)
        yield section

    def _block(self, cell: Cell, ours: Cell | None) -> Block | None:
        name = grade_id(cell)
        if is_solution(cell) or mark_of(cell).get("task"):
            return self._with_score(
                Block(
                    "answer",
                    _shown(cell),
                    prose=cell["cell_type"] != "code",
                    outputs=self._outputs(cell),
                    comment=self._comment(name),
                    answered=name not in self._result.unanswered,
                ),
                name,
            )
        if is_test(cell):
            return self._test(cell, ours)
        if cell["cell_type"] != "code" or not cell["source"].strip():
            return None
        if ours:
            return Block("given", _shown(ours), outputs=self._outputs(cell))
        if mark_of(cell):
            return None
        self._own += 1
        self._own_length += min(len(cell["source"]), LONGEST_CODE)
        if self._own > MOST_OWN_CELLS or self._own_length > LONGEST_OWN_CODE:
            self.own_left_out += 1
            return None
        return Block("own", _shown(cell), outputs=self._outputs(cell))

    def _test(self, cell: Cell, ours: Cell | None) -> Block:
        name = grade_id(cell)
        source = ours["source"] if ours else ""
        first, _, rest = source.partition("\n")
        title, visible = (first.lstrip("# "), rest) if first.startswith("#") else (name, source)
        hidden = ours is None or cell["source"].strip() != source.strip()
        self._hidden_have_run |= hidden
        block = Block("test", title=title, hidden=hidden and not visible.strip())
        if visible.strip():
            block.code = pages.code(visible.strip("\n"))
        outcome = self._result.cells.get(name)
        if outcome and not outcome.passed and outcome.message:
            block.message = self._message(outcome.message, hidden)
        self._with_score(block, name)
        if block.state == "failed" and outcome and not outcome.message and not (block.score and block.score.by_hand):
            block.state = "unrun"
        return block

    def _with_score(self, block: Block, name: str) -> Block:
        score = self._score.cells.get(name)
        if score:
            known = score.points if score.by_hand else score.auto
            block.score = score
            block.state = (
                "open" if known is None else "passed" if known >= score.max_points else "partly" if known else "failed"
            )
        return block

    def _comment(self, name: str) -> str:
        comment = self._score.comments.get(name, "")
        return "" if comment == NO_ANSWER else comment

    def _message(self, text: str, hidden: bool) -> pages.Message:
        if hidden and not text.startswith("CheckFailed: "):
            text = pages.cut(text, LONGEST_FOREIGN_MESSAGE)
        return pages.message(self.hidden.left_out(pages.cut(text, LONGEST_MESSAGE)))

    def _outputs(self, cell: Cell) -> list[Output]:
        shown: list[Output] = []
        left_out = False
        for output in cell.get("outputs", [])[:MOST_OUTPUTS]:
            kind = output.get("output_type")
            if kind == "stream" and _WRITES_A_FILE.fullmatch(str(output.get("text"))):
                continue
            if kind == "error":
                told = f"{output.get('ename')}: {output.get('evalue')}"
                if not self._hidden_have_run:
                    told = "\n".join(map(str, output.get("traceback", []))) or told
                longest = LONGEST_FOREIGN_MESSAGE if self._hidden_have_run else LONGEST_OUTPUT
                shown.append(self._text("error", told, longest))
            elif self._hidden_have_run:
                left_out = True
            elif kind == "stream":
                shown.append(self._text("text", output.get("text", ""), LONGEST_OUTPUT))
            elif picture := self._picture(output):
                shown.append(Output("picture", picture))
            elif text := output.get("data", {}).get("text/plain"):
                shown.append(self._text("text", text, LONGEST_OUTPUT))
        if len(cell.get("outputs", [])) > MOST_OUTPUTS:
            shown.append(Output("note", f"Only the first {MOST_OUTPUTS} outputs of this cell are here."))
        if left_out:
            shown.append(Output("note", "What this cell showed is not repeated here: hidden tests had run before it."))
        return shown

    def _text(self, kind: str, text: Any, longest: int) -> Output:
        text = "".join(map(str, text)) if isinstance(text, list) else str(text)
        return Output(kind, self.hidden.left_out(pages.printable(pages.cut(text, longest))).rstrip("\n"))

    def _picture(self, output: dict[str, Any]) -> str:
        """A data URL of the PNG in an output; nothing if there is none, or none that a page should hold."""
        data = output.get("data", {}).get("image/png")
        if not isinstance(data, str) or len(data) > LARGEST_PICTURE or self._pictures >= MOST_PICTURES:
            return ""
        try:
            content = base64.b64decode(data, validate=False)
        except (binascii.Error, ValueError):
            return ""
        if content[:8] != b"\x89PNG\r\n\x1a\n" or content[12:16] != b"IHDR":
            return ""
        if len(content) < 24 or max(struct.unpack("!II", content[16:24])) > WIDEST_PICTURE:
            return ""
        self._pictures += 1
        return f"data:image/png;base64,{base64.b64encode(content).decode()}"


def _shown(cell: Cell) -> Markup:
    text = pages.cut(cell["source"].strip("\n"), LONGEST_CODE)
    return pages.code(text) if cell["cell_type"] == "code" else pages.markdown(text)


def _heading(source: str) -> tuple[str, str]:
    """The heading that a text begins with, without what marks it up, and the rest."""
    first, _, rest = source.partition("\n")
    found = re.fullmatch(r"#{1,6} +(.*?)[ #]*", first)
    return (re.sub(r"[*`]", "", found[1]), rest) if found else ("", source)
