"""A small class, graded once by the real engine: what feedback pages and the report are made of."""

from __future__ import annotations

import json
import shutil
from html.parser import HTMLParser
from pathlib import Path

import pytest

from autograder.authoring.release import release
from autograder.course import Course
from autograder.grading.command import grade_into_gradebook
from tests.tiny import cell, doubling, find, mark, notebook, save

PROJECT = Path(__file__).parents[2]

RIGHT = "def double(n):\n    return n + n"
NEVER_NEGATIVE = 'def double(n):\n    # <script>alert("& so on")</script>\n    return abs(n + n)'
# What hidden tests are, as code in the same process can find out.
TELLS = """def double(n):
    told = [line for line in get_ipython().user_ns['In'][-1].splitlines() if 'raise' not in line]
    raise ValueError('I saw: ' + '\\n'.join(told))"""
SPIES = "import base64\nprint('AFTER', In, base64.b64encode(str(In).encode()))"
SHOWS = (
    "from IPython.display import HTML, Image, display\nimport matplotlib.pyplot as plt\n"
    "display(HTML('<script>BEFORE</script><img src=https://example.org/x.png>'))\nprint('BEFORE <b>' + 'x' * 50_000)\n"
    "plt.figure(figsize=(1, 1))\nplt.plot([1, 2])\nplt.show()"
)
ALTERS = "import builtins\nbuiltins.abs = lambda n: n"
NEGATIVE = """# Negative numbers, which are doubled too.
### BEGIN HIDDEN TESTS
from autograder.checks import call, student

call(student.double, -3).expect_result(-6, ask="What is twice a debt?")
### END HIDDEN TESTS"""
TRIPLE = 'def triple(n):\n    """Three times n."""\n    ### BEGIN SOLUTION\n    return n * 3\n    ### END SOLUTION\n'
THRICE = """# Three times a number.
### BEGIN HIDDEN TESTS
nobody_knows_this = 14
assert triple(nobody_knows_this) == 42
### END HIDDEN TESTS"""
WRONG_ANSWER = '''"""Takes `abs` of the result.

Misconception: M1
Fails double-negative: returned 6
"""

def double(n):
    return abs(2 * n)
'''


def make_class(root: Path) -> Course:
    """A course with the assignment `one`, which seven students have handed in, graded."""
    course = Course(root)
    book = doubling()
    book["cells"][0]["source"] = "# Doubling\n\nIn all tasks, `n` is a number. ![a picture](https://example.org/y.png)"
    book["cells"][1]["source"] = "## Twice\n\nWrite `double(n)`. <em>No</em> HTML. See [this](../lesson.ipynb)."
    find(book, "double-two")["source"] = "# Two is doubled.\nassert double(2) == 4"
    find(book, "double-negative")["source"] = NEGATIVE
    more = notebook(
        cell("## Thrice\n\nWrite `triple(n)`.", mark("triple-task"), kind="markdown"),
        cell(TRIPLE, mark("triple", solution=True)),
        cell(THRICE, mark("triple-all", points=3)),
    )
    book["cells"] += more["cells"]
    save(course.source / "one" / "doubling.ipynb", book)
    answer = course.answers / "one" / "doubling" / "double" / "wrong_abs.py"
    answer.parent.mkdir(parents=True)
    answer.write_text(WRONG_ANSWER)
    shutil.copy(PROJECT / "nbgrader_config.py", root)
    (root / "exchange").mkdir()
    release(course)
    for student, code, *own in (
        ("anna", RIGHT, "# the first\n1 / 0"),
        ("ben", NEVER_NEGATIVE),
        ("cem", None),
        ("dora", RIGHT),
        ("evil", TELLS, SHOWS, SPIES),
        ("fay", RIGHT, ALTERS),
    ):
        path = hand_in(course, student, code, *own)
        (path.parent / "timestamp.txt").write_text("2026-11-02 12:00:00 UTC")
        (path.parent / "submission_secret.txt").write_text(f"secret of {student}")
        if student == "dora":
            path.write_bytes(b"{")
    grade_into_gradebook(course, "one", sealed=False, jobs=2)
    return course


def hand_in(course: Course, student: str, code: str | None, first: str = "", last: str = "") -> Path:
    """A submission with this code, and cells of the student's own before everything else and after it."""
    book = json.loads((course.release / "one" / "doubling.ipynb").read_text())
    if code is not None:
        find(book, "double")["source"] = code
        find(book, "triple")["source"] = (
            (code if code == TELLS else RIGHT).replace("double", "triple").replace("+ n", "* 3")
        )
    own = [{"cell_type": "code", "id": f"own-{text == last}", "metadata": {}, "source": text} for text in (first, last)]
    book["cells"] = [own[0], *book["cells"], own[1]]
    return save(course.root / "submitted" / student / "one" / "doubling.ipynb", book)


@pytest.fixture(scope="session")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """The class; nobody changes it."""
    return make_class(tmp_path_factory.mktemp("graded"))


@pytest.fixture
def graded_copy(graded: Course, tmp_path: Path) -> Course:
    """The class, for a test that changes it."""
    shutil.copytree(graded.root, tmp_path / "class")
    return Course(tmp_path / "class")


class _Looker(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def things_that_run_or_are_fetched(page: str) -> list[str]:
    """What a page must not have: programs, frames, and addresses of anything but parts of itself and PNGs in it."""
    looker = _Looker()
    looker.feed(page)
    found = [tag for tag, _ in looker.tags if tag in ("script", "iframe", "object", "embed", "link", "form", "base")]
    for tag, attributes in looker.tags:
        for name, value in attributes.items():
            if name.startswith("on") or (name == "srcset"):
                found.append(f"{tag} {name}")
            if name in ("src", "href", "data", "action") and not (value or "").startswith(("#", "data:image/png;")):
                found.append(f"{tag} {name}={value}")
    return found + [word for word in ("@import", "url(") if word in page]
