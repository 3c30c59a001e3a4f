"""A JupyterLab and a browser for tests: settings of their own, nothing asked at the first start, only this machine."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
NO_CHROMIUM = "no Chromium on this machine (Debian: apt-get install chromium)"
SCREENSHOTS = Path(__file__).parents[1] / "build" / "screenshots"
PATIENCE = 120_000  # milliseconds for a page to come up, on a busy machine
TOKEN = "test"


@contextmanager
def jupyterlab(root: Path, settings: Path) -> Iterator[str]:
    """The address of a JupyterLab whose files are those in `root`; its own go to the folder `settings`."""
    kinds = ("CONFIG_DIR", "RUNTIME_DIR", "LAB_SETTINGS_DIR", "LAB_WORKSPACES_DIR")
    own = {f"JUPYTER{'' if kind.startswith('LAB') else '_'}{kind}": str(settings / kind.lower()) for kind in kinds}
    quiet = settings / "lab_settings_dir" / "@jupyterlab" / "apputils-extension" / "notification.jupyterlab-settings"
    quiet.parent.mkdir(parents=True)
    quiet.write_text(json.dumps({"fetchNews": "false", "checkForUpdates": False}))
    options = ["--no-browser", "--allow-root", "--ServerApp.port=0", f"--IdentityProvider.token={TOKEN}"]
    server = subprocess.Popen(
        [sys.executable, "-m", "jupyterlab", *options, f"--ServerApp.root_dir={root}"],
        cwd=root,
        env={**os.environ, **own},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        said = next((found for found in map(_address, server.stderr) if found), None)
        assert said, "JupyterLab did not start"
        reader = threading.Thread(target=server.stderr.read, daemon=True)  # lest it waits for somebody to read
        reader.start()
        yield said
    finally:
        server.terminate()
        server.wait()


def _address(line: str) -> str:
    found = re.search(r"http://(?:127\.0\.0\.1|localhost):\d+", line)
    return found[0] if found else ""


@contextmanager
def chromium() -> Iterator[Browser]:
    """The system's Chromium."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as started:
        options = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"]
        browser = started.chromium.launch(executable_path=CHROMIUM, args=options)
        yield browser
        browser.close()
