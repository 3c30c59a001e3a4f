"""What commands print to: tables of a fixed width where the output is no terminal, and progress only on one."""

from __future__ import annotations

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

WIDTH_OF_FILES = 120  # columns


def output() -> Console:
    """Standard output, for tables and results."""
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=WIDTH_OF_FILES)


def progress_bar(text: str) -> Progress:
    """A bar on stderr with the count and the time left; silent where stderr is no terminal."""
    columns = TextColumn(text), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    bar = Progress(*columns, console=Console(stderr=True), transient=True)
    bar.disable = not bar.console.is_terminal
    return bar
