"""Looks at pages in the system's Chromium, where there is one."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.lab import CHROMIUM, NO_CHROMIUM, chromium

PHONE = 390  # pixels
NEEDS_CHROMIUM = pytest.mark.skipif(CHROMIUM is None, reason=NO_CHROMIUM)


def widths(files: Iterable[Path], width: int = PHONE) -> list[int]:
    """How wide each page is, in pixels, in a window of that width: more than the window if it scrolls sideways."""
    pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with chromium() as browser:
        page = browser.new_page(viewport={"width": width, "height": 800})
        found = []
        for file in files:
            page.goto(file.as_uri())
            found.append(page.evaluate("document.documentElement.scrollWidth"))
    return found
