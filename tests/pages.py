"""Looks at pages in the system's Chromium, where there is one."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest

PHONE = 390  # pixels
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
NEEDS_CHROMIUM = pytest.mark.skipif(
    CHROMIUM is None, reason="no Chromium on this machine (Debian: apt-get install chromium)"
)


def widths(files: Iterable[Path], width: int = PHONE) -> list[int]:
    """How wide each page is, in pixels, in a window of that width: more than the window if it scrolls sideways."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    options = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"]
    with playwright.sync_playwright() as started:
        chromium = started.chromium.launch(executable_path=CHROMIUM, args=options)
        page = chromium.new_page(viewport={"width": width, "height": 800})
        found = []
        for file in files:
            page.goto(file.as_uri())
            found.append(page.evaluate("document.documentElement.scrollWidth"))
        chromium.close()
    return found
