"""The course in a real JupyterLab, as a student and an instructor see it.

The screenshots stay in build/screenshots/, to be looked at.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from autograder.authoring.answers import ExerciseRef, read_answers
from autograder.authoring.release import release
from autograder.course import Course
from autograder.grading.command import grade_into_gradebook
from autograder.notebooks import exercises, fill_in, grade_id, read, to_bytes
from tests.lab import CHROMIUM, NO_CHROMIUM, PATIENCE, SCREENSHOTS, TOKEN, chromium, jupyterlab
from tests.settings import configure
from tests.tiny import cell, notebook, save

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason=NO_CHROMIUM)

PROJECT = Course(Path(__file__).parents[2])
ASSIGNMENT, NOTEBOOK, EXERCISE = "02_pools", "thread_pools", "fetch_all"
RIGHT, WRONG = "right_map", "wrong_order_of_arrival"


@pytest.fixture(scope="module")
def answers() -> dict[str, str]:
    """Answers to the exercise by name."""
    exercise = exercises(read(PROJECT.source / ASSIGNMENT / f"{NOTEBOOK}.ipynb"))[0]
    known = [ExerciseRef.of(ASSIGNMENT, NOTEBOOK, exercise)]
    return {answer.name: answer.code for answer in read_answers(PROJECT.answers, known)[0]}


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory, answers: dict[str, str]) -> Course:
    """The first exercise of the course, and a graded class: alpha is right, beta wrong, gamma has not begun."""
    course = Course(tmp_path_factory.mktemp("course"))
    book = read(PROJECT.source / ASSIGNMENT / f"{NOTEBOOK}.ipynb")
    names = [grade_id(each) for each in book["cells"]]
    end = next(place for place, name in enumerate(names) if name and not name.startswith(EXERCISE))
    book["cells"] = book["cells"][:end]
    place = course.source / ASSIGNMENT / f"{NOTEBOOK}.ipynb"
    place.parent.mkdir(parents=True)
    place.write_bytes(to_bytes(book))
    (course.root / "exchange").mkdir()  # as `make lab` does
    sealed = configure(course.root)
    release(course)
    shown = cell("from autograder.progress import progress\n\nprogress()", id="progress")
    save(course.notebooks / "progress.ipynb", notebook(shown))
    for student, answer in (("alpha", RIGHT), ("beta", WRONG), ("gamma", "")):
        submitted = read(course.release / ASSIGNMENT / f"{NOTEBOOK}.ipynb")
        if answer:
            fill_in(submitted, EXERCISE, answers[answer])
        folder = course.root / "submitted" / student / ASSIGNMENT
        folder.mkdir(parents=True)
        (folder / f"{NOTEBOOK}.ipynb").write_bytes(to_bytes(submitted))
    grade_into_gradebook(course, ASSIGNMENT, sealed=sealed)
    return course


@pytest.fixture(scope="module")
def lab(course: Course, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a JupyterLab on that course."""
    with jupyterlab(course.root, tmp_path_factory.mktemp("settings")) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[playwright.Browser]:
    with chromium() as started:
        yield started


@pytest.fixture
def page(browser: playwright.Browser, lab: str) -> Iterator[playwright.Page]:
    """A window that reaches this machine only."""
    window = browser.new_context(viewport={"width": 1280, "height": 900})
    window.set_default_timeout(PATIENCE)
    window.route(lambda url: not url.startswith((lab, "data:", "blob:")), lambda route: route.abort())
    yield window.new_page()
    window.close()


def open_notebook(page: playwright.Page, lab: str, path: str) -> playwright.Locator:
    """The notebook, with a kernel that waits for work."""
    page.goto(f"{lab}/lab/tree/{path}?token={TOKEN}&reset")
    panel = page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")
    # The notebook's own sign says "idle" before there is a kernel, and what is run then is lost.
    page.locator("#jp-main-statusbar").get_by_text("Python 3 (ipykernel) | Idle").wait_for()
    page.locator(".jp-Splash, #jupyterlab-splash").wait_for(state="detached")
    return panel


def write_and_run(page: playwright.Page, panel: playwright.Locator, code: str) -> None:
    """Write an answer into the solution cell, and run it and the cell of tests below it."""
    solution, test = panel.locator(".jp-CodeCell").nth(0), panel.locator(".jp-CodeCell").nth(1)
    solution.locator(".cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(code)
    for each in (solution, test):
        each.locator(".jp-InputPrompt").click()
        page.keyboard.press("Shift+Enter")


def photograph(page: playwright.Page, name: str) -> None:
    # What fades in is half seen before; what turns for ever is not waited for.
    page.evaluate(
        """Promise.allSettled(document.getAnimations()
            .filter(each => each.effect.getTiming().iterations !== Infinity).map(each => each.finished))"""
    )
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"{name}.png")


def points(course: Course, student: str) -> tuple[float, dict[str, float | None]]:
    """A student's score, and the points given by hand, by test cell."""
    with Gradebook(f"sqlite:///{course.root / 'gradebook.db'}") as gradebook:
        submission = gradebook.find_submission_notebook(NOTEBOOK, ASSIGNMENT, student)
        return submission.score, {grade.name: grade.manual_score for grade in submission.grades}


def test_a_student_is_told_what_is_wrong_solves_it_and_validates(page, lab, answers):
    panel = open_notebook(page, lab, f"release/{ASSIGNMENT}/{NOTEBOOK}.ipynb")
    write_and_run(page, panel, answers[WRONG])
    test = panel.locator(".jp-CodeCell").nth(1)
    message = test.locator(".jp-OutputArea-output")
    message.wait_for()
    told = message.inner_text()
    assert "fetch_all" in told
    assert "expected" in told.lower()
    assert "Traceback" not in told
    message.scroll_into_view_if_needed()
    photograph(page, "student-wrong")
    page.get_by_text("Validate", exact=True).click()
    dialog = page.locator(".jp-Dialog-content")
    dialog.get_by_text("failed", exact=False).first.wait_for()
    photograph(page, "student-validate-wrong")
    dialog.get_by_role("button").last.click()

    write_and_run(page, panel, answers[RIGHT])
    message.wait_for(state="detached")
    test.get_by_text(re.compile(r"^\[\d+\]:$")).wait_for()
    assert test.locator(".jp-OutputArea-output").count() == 0
    photograph(page, "student-right")
    page.get_by_text("Validate", exact=True).click()
    dialog.get_by_text("Success").wait_for()
    photograph(page, "student-validate-right")


@pytest.mark.parametrize("theme", ["Light", "Dark"])
def test_progress_is_shown_in_both_themes(page, lab, theme):
    setting = page.request.put(
        f"{lab}/lab/api/settings/@jupyterlab/apputils-extension:themes",
        headers={"Authorization": f"token {TOKEN}"},
        data={"raw": json.dumps({"theme": f"JupyterLab {theme}"})},
    )
    assert setting.ok, setting.text()
    panel = open_notebook(page, lab, "notebooks/progress.ipynb")
    page.wait_for_selector(f"body[data-jp-theme-name='JupyterLab {theme}']", state="attached")
    panel.locator(".cm-content").first.click()
    page.keyboard.press("Shift+Enter")
    label = panel.locator(".jp-OutputArea-output td span")
    label.wait_for()
    assert EXERCISE in label.inner_text()
    photograph(page, f"progress-{theme.lower()}")
    ink, ground = (
        label.evaluate(f"node => getComputedStyle({of}).{what}")
        for of, what in (("node", "color"), ("document.querySelector('.jp-Notebook')", "backgroundColor"))
    )
    light, dark = (sum(map(int, re.findall(r"\d+", colour)[:3])) for colour in (ground, ink))
    assert (light - dark > 300) if theme == "Light" else (dark - light > 300)


def test_create_assignment_shows_points_and_kinds_of_cells(page, lab):
    open_notebook(page, lab, f"source/{ASSIGNMENT}/{NOTEBOOK}.ipynb")
    page.get_by_role("menuitem", name="Nbgrader").click()
    page.get_by_role("menuitem", name="Create Assignment").click()
    panel = page.locator(".nbgrader-CreateAssignmentWidget")
    kinds = panel.locator(".nbgrader-CellType select")
    kinds.nth(2).wait_for()
    shown = kinds.evaluate_all("all => all.map(each => each.selectedOptions[0].textContent)")
    names = panel.locator(".nbgrader-CellId input").evaluate_all("all => all.map(each => each.value)")
    assert shown[1:4] == ["Read-only", "Autograded answer", "Autograded tests"]
    assert f"{EXERCISE}-in_order" in names
    assert panel.locator(".nbgrader-TotalPointsInput").input_value() == "5"
    photograph(page, "create-assignment")


def test_an_instructor_sees_the_class_and_a_point_given_by_hand_survives_a_regrade(page, lab, course):
    before, by_hand = points(course, "beta")
    cell_name = f"{EXERCISE}-in_order"
    assert by_hand[cell_name] is None

    page.goto(f"{lab}/lab?token={TOKEN}&reset")
    page.get_by_role("menuitem", name="Nbgrader").click()
    page.get_by_role("menuitem", name="Formgrader").click()
    formgrader = page.frame_locator("iframe[src*='formgrader']")
    row = formgrader.locator("tr", has_text=ASSIGNMENT)
    row.locator(".num-submissions").get_by_text("3").wait_for()
    assert formgrader.locator(".alert").count() == 0
    photograph(page, "formgrader")

    page.goto(f"{lab}/formgrader/gradebook/{ASSIGNMENT}/{NOTEBOOK}")
    page.get_by_role("link", name="Submission #3").wait_for()  # before, there are no names to show
    page.get_by_text("Show All Names").click()
    page.get_by_role("link", name="beta").wait_for()
    photograph(page, "formgrader-submissions")
    page.get_by_role("link", name="beta").click()
    field = page.locator(f"input[id='{cell_name}']")
    field.scroll_into_view_if_needed()
    photograph(page, "formgrader-submission")
    with page.expect_response(lambda answer: "/api/grade/" in answer.url and answer.request.method == "PUT") as saved:
        field.fill("1")
        field.press("Tab")
    assert saved.value.ok
    assert points(course, "beta")[0] == before + 1

    page.goto(f"{lab}/formgrader/manage_submissions/{ASSIGNMENT}")
    page.locator("tr", has_text="beta").locator(".autograde a").click()
    page.get_by_text("Successfully autograded").wait_for()
    photograph(page, "formgrader-autograde")
    after, by_hand = points(course, "beta")
    assert (after, by_hand[cell_name]) == (before + 1, 1)
