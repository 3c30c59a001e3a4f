"""Grades the whole corpus of hostile, broken and odd submissions, and shows what became of each.

The corpus (`tests/grading/hostile/`) is graded over one notebook; the samples that suit any notebook are graded over
one of each other assignment, too. Nothing may be harmed, no mark silently forged, and nothing left ungraded.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from pathlib import Path

from rich.table import Table

from autograder.course import Course, find_root
from autograder.errors import UserError
from autograder.grading import sandbox
from autograder.terminal import output, progress_bar
from tests.grading.hostile.classes import HONEST, Finding, Samples, corpus, number_of_submissions, run

NOTEBOOK = "02_pools/thread_pools"
EXERCISES = ("fetch_all", "pool_facts")  # that are kept of it, so that many samples can be tried
ELSEWHERE = (
    "01_review/locks",
    "01_review/queues",
    "02_pools/process_pools",
    "03_callbacks/callbacks",
    "04_coroutines/asyncio_coroutines",
    "04_coroutines/gevent_coroutines",
    "05_comparison/comparison",
)


# Those that suit any notebook, and differ in what they alter.
ANYWHERE = (
    "input transformer that keeps the last line",
    "patched run_cell_async",
    "patched checks",
    "fake checks in sys.modules",
    "patches before a test, and puts all back after it",
    "an impostor that takes the pipes over",
    "os._exit(0) in a cell",
    "a flood on stdout",
    "prints the history of inputs after all",
    "test cells twice",
    "cells in another order",
    "prints to stderr",
    "threads left running",
    "nest_asyncio",
    "own cells that fail",
)


def main() -> int:
    """Grade, show, write; 0 if nothing was harmed, forged or left ungraded."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.hostile", description=__doc__)
    parser.add_argument("--only", default="", help="a pattern for `FAMILY: NAME` of the samples to try")
    parser.add_argument("--jobs", type=int, default=2, help="rooms at the same time (default: %(default)s)")
    parser.add_argument("--json", type=Path, help="the file for the figures (default: build/hostile.json)")
    chosen = parser.parse_args()
    if why_not := sandbox.why_not():
        parser.exit(2, f"hostile: {why_not}\n")
    course = find_root()
    samples = [(family, sample) for family, sample in corpus() if re.search(chosen.only, f"{family}: {sample.name}")]
    if not samples:
        parser.error(f"no sample is like {chosen.only!r}")
    try:
        findings = try_all(course, samples, chosen.jobs)
    except UserError as error:
        parser.exit(2, f"hostile: {error}\n")
    figures = summary(findings)
    show(findings, figures)
    where = chosen.json or course.build / "hostile.json"
    where.parent.mkdir(parents=True, exist_ok=True)
    where.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return 1 if figures["harmed"] or figures["silently_forged"] or figures["ungraded"] else 0


def try_all(course: Course, samples: Samples, jobs: int) -> list[Finding]:
    """Grade the samples over the notebook that they were made for, and those that suit any over the others."""
    anywhere = [(family, sample) for family, sample in samples if sample.name in ANYWHERE]
    total = number_of_submissions(samples) + len(ELSEWHERE) * number_of_submissions(anywhere)
    findings = []
    with progress_bar("hostile") as bar:
        task = bar.add_task("", total=total)
        findings += run(course, NOTEBOOK, samples, only=EXERCISES, jobs=jobs, progress=lambda: bar.advance(task))
        for notebook in ELSEWHERE:
            findings += run(course, notebook, anywhere, jobs=jobs, progress=lambda: bar.advance(task))
    return findings


def summary(findings: list[Finding]) -> dict[str, int]:
    """The figures, as programs read them."""
    ends = Counter(finding.outcome for finding in findings)
    return {
        "tried": sum(finding.family != HONEST for finding in findings),
        "stopped": ends["stopped"],
        "flagged": ends["flagged"],
        "harmed": ends["harmed"],
        "silently_forged": ends["forged"],
        "ungraded": ends["ungraded"],
    }


def show(findings: list[Finding], figures: dict[str, int]) -> None:
    """Print how each family ended, what was flagged and why, and what should not have been."""
    console = output()
    families = list(dict.fromkeys(finding.family for finding in findings))
    ends = ("stopped", "flagged", "harmed", "forged", "ungraded")
    table = Table("family", "tried", *ends)
    for column in table.columns[1:]:
        column.justify = "right"
    for family in families:
        counts = Counter(finding.outcome for finding in findings if finding.family == family)
        table.add_row(family, str(counts.total()), *(str(counts[end]) for end in ends))
    for end in ends[1:]:
        for finding in findings:
            if finding.outcome == end:
                where = f"{finding.notebook}, {finding.family}: {finding.name}"
                console.print(f"{end}: {where}: {finding.why[:300]}", markup=False)
    console.print(table)
    for name, value in figures.items():
        console.print(f"{name:16} {value}")


if __name__ == "__main__":
    sys.exit(main())
