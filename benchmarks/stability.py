"""Shows that verdicts hang on nothing but the code: thousands of them, on a machine that is busy with other work.

Right and wrong answers that the course and its tests have (`tests/checks/corpus.py`) are judged by their test cells in
Jupyter kernels, while twice as many processes as there are processors compute without a pause. A verdict is that the
cell passed, or that it failed; one that is not as it must be differs. Failures without the words that their message
must contain, and messages that are not the same each time, are counted besides. The answers of one notebook share a
kernel, so that none may touch the next.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import ndiff
from itertools import groupby
from pathlib import Path
from queue import Empty

from jupyter_client import BlockingKernelClient
from jupyter_client.manager import start_new_kernel
from rich.table import Table

from autograder.course import Course, find_root
from autograder.terminal import output, progress_bar
from tests.checks.corpus import Case, answered, bad_input, documented

LOAD = 2  # busy processes for each processor
VERDICTS = 2000
TIMES = 2  # each case at least so often, for only then its messages can be compared
PATIENCE = 120.0  # seconds for one cell; a kernel that takes longer is given up
SLOW = 1.0  # seconds within which every right verdict should be there
CONFIDENCE = 0.95
DEADLINE = "goes on and on without an end (sleeping"  # what a check says when its patience is at an end
SPINS = "goes on and on without an end (computing"

# What a busy process does: it ends with the one that started it, however that ends.
_BUSY = """
import os, sys
parent = int(sys.argv[1])
while os.getppid() == parent:
    for _ in range(100_000):
        pass
"""
# Before the first answer, and between two: nothing of the one before is left in the notebook, or in its folder.
_REMEMBER = """
import os as __os, shutil as __shutil
__files, __names = set(__os.listdir()), {"__files", "__names", "__name", *globals()}
"""
_FORGET = """
for __name in globals().keys() - __names:
    del globals()[__name]
for __name in set(__os.listdir()) - __files:
    __shutil.rmtree(__name) if __os.path.isdir(__name) else __os.unlink(__name)
"""


@dataclass(frozen=True)
class Verdict:
    """What one test cell said of one answer, and after how many seconds."""

    case: Case
    passed: bool
    message: str
    seconds: float

    @property
    def as_expected(self) -> bool:
        """Whether right code passed, or wrong code failed."""
        return self.passed == self.case.is_right

    @property
    def in_other_words(self) -> bool:
        """Whether wrong code failed, but without the words that its message must contain."""
        return not self.passed and not self.case.is_right and self.case.words not in self.message

    @property
    def key(self) -> tuple[str, str, str]:
        """What the verdict is about, the same each time."""
        return self.case.group, self.case.kind, self.case.name


@contextmanager
def load(processes: int) -> Iterator[None]:
    """So many busy processes for as long as the block lasts."""
    busy = [subprocess.Popen([sys.executable, "-c", _BUSY, str(os.getpid())]) for _ in range(processes)]
    try:
        yield
    finally:
        for process in busy:
            process.kill()
            process.wait()


class Kernel:
    """A kernel in a folder of its own. Use it as a context manager.

    Parameters: `files`, a folder whose files (but no notebooks) are there too.
    """

    def __init__(self, files: Path | None) -> None:
        self._files = files

    def __enter__(self) -> Kernel:
        self._folder = tempfile.TemporaryDirectory(prefix="stability-", ignore_cleanup_errors=True)
        work = Path(self._folder.name, "work")
        if self._files is not None:
            shutil.copytree(self._files, work, ignore=shutil.ignore_patterns("*.ipynb", ".*", "__pycache__"))
        else:
            work.mkdir()
        options = ["--HistoryManager.hist_file=:memory:", "--Application.log_level=40"]
        self._manager, self._client = start_new_kernel(
            kernel_name="python3", cwd=str(work), extra_arguments=options, startup_timeout=PATIENCE
        )
        run(self._client, _REMEMBER)
        return self

    def __exit__(self, *_: object) -> None:
        self._client.stop_channels()
        self._manager.shutdown_kernel(now=True)
        self._folder.cleanup()

    def prepare(self, cells: Iterable[str]) -> None:
        """Forget the answer before, and run the cells of this one."""
        for source in (_FORGET, *cells):
            run(self._client, source)

    def judge(self, case: Case) -> Verdict:
        """Run the test cell. The time is that from sending it to having its outcome."""
        begin = time.perf_counter()
        status, message = run(self._client, case.test)
        return Verdict(case, not status, f"{status}: {message}", time.perf_counter() - begin)


def run(client: BlockingKernelClient, source: str) -> tuple[str, str]:
    """Name and text of the error with which a cell ends; both are empty if it ends well."""
    sent = client.execute(source, stop_on_error=False)
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            reply = client.get_shell_msg(timeout=max(0.0, deadline - time.monotonic()))
        except Empty:
            raise SystemExit(f"a cell had not ended after {PATIENCE:g} s:\n{source}") from None
        if reply["parent_header"].get("msg_id") == sent and reply["msg_type"] == "execute_reply":
            return reply["content"].get("ename", ""), reply["content"].get("evalue", "")


def choose(cases: list[Case], verdicts: int) -> tuple[list[Case], int]:
    """Cases (all or every nth), and how often to judge each, twice or more, so that there are so many verdicts."""
    chosen = cases[:: max(1, TIMES * len(cases) // verdicts)]
    return chosen, max(TIMES, -(-verdicts // len(chosen)))


def judge_all(course: Course, cases: list[Case], times: int) -> Iterator[Verdict]:
    """The verdicts on all cases, so often, notebook by notebook."""
    for _ in range(times):
        for group, members in groupby(cases, key=lambda case: case.group):
            folder = course.source / group.partition("/")[0] if "/" in group else None
            with Kernel(folder) as kernel:
                for before, same in groupby(members, key=lambda case: case.before):
                    kernel.prepare(before)
                    yield from map(kernel.judge, same)


def upper_bound(differing: int, verdicts: int) -> float:
    """The probability of a differing verdict that is not exceeded, with CONFIDENCE (Clopper and Pearson 1934)."""
    if differing >= verdicts:
        return 1.0

    def at_most(probability: float) -> float:
        """How probable it is that so few differ."""
        term = total = (1 - probability) ** verdicts
        for number in range(differing):
            term *= (verdicts - number) / (number + 1) * probability / (1 - probability)
            total += term
        return total

    low, high = 0.0, 1.0
    while high - low > 1e-9:
        middle = (low + high) / 2
        low, high = (middle, high) if at_most(middle) > 1 - CONFIDENCE else (low, middle)
    return high


def summary(verdicts: list[Verdict]) -> dict[str, float | int]:
    """The figures, as programs read them."""
    failing = [verdict for verdict in verdicts if not verdict.case.is_right]
    right = [verdict.seconds for verdict in verdicts if verdict.case.is_right]
    differing = sum(not verdict.as_expected for verdict in verdicts)
    return {
        "verdicts": len(verdicts),
        "differing": differing,
        "upper_bound_95": round(upper_bound(differing, len(verdicts)), 6),
        "median_fail_s": round(statistics.median(verdict.seconds for verdict in failing), 3) if failing else 0.0,
        "slowest_right_s": round(max(right, default=0.0), 3),
        "right_over_1_s": sum(seconds > SLOW for seconds in right),
        "waited_for_deadline": sum(DEADLINE in verdict.message for verdict in failing),
        "spinning": sum(SPINS in verdict.message for verdict in failing),
        "in_other_words": sum(verdict.in_other_words for verdict in failing),
        "messages_differing": len(unlike(failing)),
        "cases": len({verdict.key for verdict in verdicts}),
    }


def unlike(verdicts: Iterable[Verdict]) -> dict[tuple[str, ...], list[str]]:
    """The messages of the cases that were not told the same each time."""
    messages: dict[tuple[str, ...], dict[str, None]] = defaultdict(dict)
    for verdict in verdicts:
        if not verdict.case.is_right:
            messages[verdict.key][verdict.message] = None
    return {key: list(said) for key, said in messages.items() if len(said) > 1}


def show(verdicts: list[Verdict], figures: dict[str, float | int]) -> None:
    """Print the figures by kind of check, what is not as it must be, and the figures of all."""
    console = output()
    table = Table("check", "verdicts", "differing", "median fail", "slowest fail", "median right", "slowest right")
    for column in table.columns[1:]:
        column.justify = "right"
    for kind in sorted({verdict.case.kind for verdict in verdicts}):
        mine = [verdict for verdict in verdicts if verdict.case.kind == kind]
        fail = [verdict.seconds for verdict in mine if not verdict.case.is_right]
        right = [verdict.seconds for verdict in mine if verdict.case.is_right]
        times = [f"{how(some):.2f} s" if some else "" for some in (fail, right) for how in (statistics.median, max)]
        table.add_row(kind, str(len(mine)), str(sum(not verdict.as_expected for verdict in mine)), *times)
    console.print(table)
    for title, found in (
        ("not as it must be", [verdict for verdict in verdicts if not verdict.as_expected]),
        ("in other words", [verdict for verdict in verdicts if verdict.in_other_words]),
        ("waited for a deadline", [v for v in verdicts if DEADLINE in v.message and not v.case.is_right]),
        ("slow and right", sorted((v for v in verdicts if v.case.is_right), key=lambda v: -v.seconds)[:10]),
        ("slow and wrong", sorted((v for v in verdicts if not v.case.is_right), key=lambda v: -v.seconds)[:10]),
    ):
        for verdict in found:
            console.print(f"{title}: {' '.join(verdict.key)}, {verdict.seconds:.2f} s", markup=False)
            if not verdict.as_expected or verdict.in_other_words:
                expected = f"failing with: {verdict.case.words}" if verdict.case.words else "passing"
                console.print(f"  expected: {expected}\n  seen: {verdict.message}", markup=False)
    for key, said in unlike(verdicts).items():
        changed = [line for line in ndiff(*(text.splitlines() for text in said[:2])) if line[0] in "-+"]
        console.print("\n  ".join((f"not told the same each time: {' '.join(key)}", *changed)), markup=False)
    for name, value in figures.items():
        console.print(f"{name:20} {value}")


def main() -> int:
    """Judge, show, write; 0 if no verdict differs, 130 if somebody interrupts it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.stability", description=__doc__)
    parser.add_argument(
        "--verdicts",
        type=int,
        default=VERDICTS,
        help="at least so many (default: %(default)s); if there are more cases, every nth is taken",
    )
    parser.add_argument("--only", default="", help="a pattern for `NOTEBOOK KIND NAME` of the cases to judge")
    parser.add_argument("--json", type=Path, help="the file for the figures (default: build/stability.json)")
    chosen = parser.parse_args()
    course = find_root()
    everything = [*documented(), *bad_input(), *answered(course)]
    cases = [case for case in everything if re.search(chosen.only, f"{case.group} {case.kind} {case.name}")]
    if not cases:
        parser.error(f"no case is like {chosen.only!r}")
    cases, times = choose(cases, chosen.verdicts)
    busy = LOAD * (os.cpu_count() or 1)
    print(f"{times} times {len(cases)} verdicts, while {busy} processes compute ...", file=sys.stderr)
    verdicts = []
    cut_off = False
    try:
        with load(busy), progress_bar("judging") as bar:
            task = bar.add_task("", total=times * len(cases))
            for verdict in judge_all(course, cases, times):
                verdicts.append(verdict)
                bar.advance(task)
    except KeyboardInterrupt:
        cut_off = True
    figures = summary(verdicts)
    show(verdicts, figures)
    if cut_off:
        print("cut off: these are the verdicts so far, and no file is written", file=sys.stderr)
        return 130
    where = chosen.json or course.build / "stability.json"
    where.parent.mkdir(parents=True, exist_ok=True)
    where.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return 1 if figures["differing"] or figures["in_other_words"] else 0


if __name__ == "__main__":
    sys.exit(main())
