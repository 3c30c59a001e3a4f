"""Keeps the lines of hidden tests out of what is stored of a submission.

Code that is graded runs in the process that runs the tests, so that it can get at their text and print it, raise it or
return it. Whoever then sees outputs or messages shall not find it there.
"""

from __future__ import annotations

import html
import json
from collections.abc import Iterable
from typing import Any

from autograder.notebooks import HIDDEN, split_region

LEFT_OUT = "(a line of a hidden test is left out here)"
SHORTEST = 12  # characters of a line that gives something away


class HiddenLines:
    """The lines that only hidden tests have. Parameters: `sources`, the texts of all cells."""

    def __init__(self, sources: Iterable[str]) -> None:
        secret: set[str] = set()
        known: set[str] = set()
        for source in sources:
            try:
                inside, outside = split_region(source, HIDDEN)
            except ValueError:
                continue  # a student's cell may hold the words of a region
            secret.update(line.strip() for line in inside)
            known.update(line.strip() for line in outside)
        lines = [line for line in secret - known if len(line) >= SHORTEST]
        self._lines = sorted({form for line in lines for form in (line, *_written(line))})

    def left_out(self, value: Any) -> Any:
        """The value, without those lines of texts in it that contain one of these; also in tables and lists."""
        if isinstance(value, str):
            return self._left_out(value)
        if isinstance(value, list):
            return [self.left_out(each) for each in value]
        if isinstance(value, dict):
            return {self.left_out(key): self.left_out(each) for key, each in value.items()}
        return value

    def _left_out(self, text: str) -> str:
        found = [line for line in self._lines if line in text]
        if not found:
            return text
        return "\n".join(LEFT_OUT if any(line in each for line in found) else each for each in text.split("\n"))


def _written(line: str) -> Iterable[str]:
    """The line as it stands in HTML, in JSON, and in what Python shows of a text."""
    return html.escape(line), json.dumps(line)[1:-1], json.dumps(line, ensure_ascii=False)[1:-1], repr(line)[1:-1]
