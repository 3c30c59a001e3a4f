"""A timeline in JupyterLab, in its light and its dark theme: shown without a kernel, and readable on both.

The screenshots stay in build/screenshots/, to be looked at.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator

import nbformat
import numpy as np
import pytest
from nbclient import NotebookClient
from PIL import Image

from tests.lab import CHROMIUM, NO_CHROMIUM, PATIENCE, SCREENSHOTS, TOKEN, chromium, jupyterlab

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason=NO_CHROMIUM)

THEMES = {"light": ("JupyterLab Light", 1.0), "dark": ("JupyterLab Dark", 0.0)}
CELL = """\
from autograder.timeline import Event
from autograder.timeline.drawing import figure_of

WHAT = [
    ("MainThread", "submitted a 0, submitted b 1, submitted c 2, mark all_handed_over 8"),
    ("worker-0", "started a 5, waiting stock 12, got stock 40, released stock 62, done a 80, started c 84"),
    ("worker-1", "started b 6, got stock 9, released stock 38, failed b 70"),
    ("task-1", "started download 10, suspended download 18, resumed download 60, cancelled download 75"),
]
events = [
    Event(kind, lane, label.replace("_", " "), int(time) * 1_000_000)
    for lane, story in WHAT
    for kind, label, time in map(str.split, story.split(", "))
]
figure_of(sorted(events, key=lambda event: event.time), end=100_000_000)
"""


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a JupyterLab that has the notebook, run and saved."""
    folder = tmp_path_factory.mktemp("lab")
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(CELL)])
    book.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    NotebookClient(book, timeout=60, kernel_name="python3").execute()
    (folder / "work").mkdir()
    nbformat.write(book, folder / "work" / "timeline.ipynb")
    with jupyterlab(folder / "work", folder) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[playwright.Browser]:
    with chromium() as started:
        yield started


def luminance(pixels: np.ndarray) -> np.ndarray:
    """Relative luminance as WCAG 2 defines it, 0 to 1, of pixels with values from 0 to 255."""
    parts = pixels[..., :3] / 255
    parts = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    return parts @ np.array([0.2126, 0.7152, 0.0722])


@pytest.mark.parametrize("theme", THEMES)
def test_a_saved_timeline_is_shown_and_readable(lab, browser, theme):
    name, background = THEMES[theme]
    page = browser.new_page(viewport={"width": 1280, "height": 900}, device_scale_factor=2)
    page.set_default_timeout(PATIENCE)
    login = {"Authorization": f"token {TOKEN}"}
    setting = page.request.put(
        f"{lab}/lab/api/settings/@jupyterlab/apputils-extension:themes",
        headers=login,
        data={"raw": json.dumps({"theme": name})},
    )
    assert setting.ok, setting.text()
    page.goto(f"{lab}/lab/tree/timeline.ipynb?token={TOKEN}&reset")
    page.wait_for_selector(f"body[data-jp-theme-name='{name}']", state="attached")
    picture = page.locator(".jp-OutputArea-output img")
    picture.scroll_into_view_if_needed()
    picture.evaluate("image => image.decode()")
    page.locator(".jp-Splash, #jupyterlab-splash").wait_for(state="detached")
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"timeline-{theme}-page.png")
    data = picture.screenshot(path=SCREENSHOTS / f"timeline-{theme}.png")
    page.close()

    shades = luminance(np.asarray(Image.open(io.BytesIO(data)).convert("RGB"), dtype=float))
    ground = float(np.median(shades))
    assert abs(ground - background) < 0.05, "the picture stands on the theme's own background"
    contrast = (np.maximum(shades, ground) + 0.05) / (np.minimum(shades, ground) + 0.05)
    assert (contrast >= 3).mean() > 0.1, "bars, lines and words are seen on it"
    for part in np.array_split(contrast, 4, axis=0):
        assert (part >= 3).any(), "from top to bottom"
