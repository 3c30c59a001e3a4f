"""In a real kernel, whatever stands in place of an answer fails with one clear message; the next cell is judged alone.

The same cells are run one after the other, as a person does, and with all of them queued at once.
"""

from __future__ import annotations

from itertools import chain

import pytest
from jupyter_client.manager import start_new_kernel
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

from tests.checks.corpus import Case, bad_input

FORGET = """\
import os
globals().pop("answer", None)
for file in ("answer.py", "doubling.py"):
    if os.path.exists(file):
        os.unlink(file)
"""
LONGEST = 2000  # characters of a message


def cells_of(case: Case) -> list[str]:
    (before,) = case.before
    return [FORGET, before, case.test] if before.startswith("%%") else [FORGET + before, "", case.test]


def judge(case: Case, status: str, message: str) -> str:
    """What is wrong with this outcome of the case's test cell; nothing if it is as it must be."""
    name = f"{case.kind}, {case.name}"
    if case.is_right:
        return "" if status == "ok" else f"{name}: {status} {message}"
    if status != "CheckFailed" or case.words not in message or len(message) > LONGEST:
        return f"{name}: {status} {message[:LONGEST]}\n  without the words: {case.words}"
    return ""


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    return bad_input()


def test_cell_by_cell(cases, tmp_path):
    sources = list(chain.from_iterable(map(cells_of, cases)))
    book = new_notebook(cells=[new_code_cell(source) for source in sources])
    client = NotebookClient(book, timeout=60, allow_errors=True, kernel_name="python3")
    client.execute(cwd=str(tmp_path))
    wrong = []
    for case, cell in zip(cases, book.cells[2::3], strict=True):
        errors = [output for output in cell.outputs if output.output_type == "error"]
        wrong.append(judge(case, errors[0].ename if errors else "ok", errors[0].evalue if errors else ""))
    assert "\n".join(filter(None, wrong)) == ""


def test_all_cells_queued_at_once(cases, tmp_path):
    manager, client = start_new_kernel(kernel_name="python3", cwd=str(tmp_path))
    try:
        sent = [[client.execute(source, stop_on_error=False) for source in cells_of(case)] for case in cases]
        replies = {}
        while len(replies) < 3 * len(sent):
            reply = client.get_shell_msg(timeout=60)
            if reply["msg_type"] == "execute_reply":
                replies[reply["parent_header"]["msg_id"]] = reply["content"]
        answers = [replies[test] for _, _, test in sent]
        wrong = [
            judge(case, answer.get("ename", "ok"), answer.get("evalue", ""))
            for case, answer in zip(cases, answers, strict=True)
        ]
        assert "\n".join(filter(None, wrong)) == ""
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
