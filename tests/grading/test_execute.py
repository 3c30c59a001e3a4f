"""Running notebooks: what each test cell's outcome is, and what is left of a run afterwards."""

from __future__ import annotations

import copy
import os
import select
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder.grading import execute as machinery
from autograder.grading.execute import CellOutcome, Execution, KernelStartError, execute


def free(name: str, source: str) -> NotebookNode:
    return new_code_cell(source, id=name)


def graded(name: str, source: str, **metadata: object) -> NotebookNode:
    mark = {"grade_id": name, "grade": True, "solution": False, "locked": True, "points": 1, "schema_version": 3}
    return new_code_cell(source, id=name, metadata={"nbgrader": mark, **metadata})


def run(*cells: NotebookNode, **options: object) -> Execution:
    return execute(new_notebook(cells=list(cells)), **options)


@pytest.fixture(scope="module")
def notebook() -> NotebookNode:
    cells = [
        new_markdown_cell("# A title", id="title"),
        free("start", "import sys\nx = 1\nprint('one')\nprint('two')"),
        graded("x-stderr", "print('no harm', file=sys.stderr)\nassert x == 1"),
        graded("x-wrong", "assert x == 2, 'x is\\n  1'"),
        graded("x-tagged", "raise KeyError('tagged')", tags=["skip-execution", "raises-exception"]),
        graded("x-bare", "assert x == 2"),
        graded("x-syntax", "x ="),
        graded("x-await", "import asyncio\nawait asyncio.sleep(0)\nasyncio.get_running_loop()"),
        graded("x-empty", ""),
        free("module", "%%writefile written_by_a_cell.py\ny = 3"),
        graded("x-module", "import written_by_a_cell\nassert written_by_a_cell.y == 3"),
        free("folder", "import os\nprint(os.getcwd())\nraise ValueError('free')"),
        graded("x-last", "assert x == 1\n'shown'"),
    ]
    notebook = new_notebook(cells=cells)
    notebook.cells[-3].outputs = [{"output_type": "error", "ename": "Old", "evalue": "", "traceback": []}]
    return notebook


@pytest.fixture(scope="module")
def execution(notebook: NotebookNode) -> Execution:
    before = copy.deepcopy(notebook)
    execution = execute(notebook)
    assert notebook == before, "the notebook that was handed in was changed"
    return execution


def test_cells_that_raise_nothing_pass_whatever_they_print(execution):
    passed = {name for name, outcome in execution.outcomes.items() if outcome == CellOutcome(True)}
    assert passed == {"x-stderr", "x-await", "x-empty", "x-module", "x-last"}


def test_failures_keep_their_whole_message(execution):
    assert execution.outcomes["x-wrong"] == CellOutcome(False, "x is\n  1", "AssertionError")
    assert execution.outcomes["x-bare"] == CellOutcome(False, "", "AssertionError")
    assert execution.outcomes["x-syntax"].ename == "SyntaxError"


def test_tags_do_not_keep_a_cell_from_being_run(execution):
    assert execution.outcomes["x-tagged"] == CellOutcome(False, "'tagged'", "KeyError")


def test_other_code_cells_are_told_apart_from_test_cells(execution):
    assert set(execution.others) == {"start", "module", "folder"}
    assert execution.others["folder"] == CellOutcome(False, "free", "ValueError")
    assert execution.died == ""


def test_outputs_are_put_into_the_notebook_that_is_returned(execution):
    start, *_, last = (cell for cell in execution.notebook.cells if cell.cell_type == "code")
    assert [(output.name, output.text) for output in start.outputs] == [("stdout", "one\ntwo\n")]
    assert last.outputs[0].data["text/plain"] == "'shown'"
    assert last.execution_count > start.execution_count


def test_the_default_folder_is_new_and_gone_afterwards(execution):
    folder = next(cell for cell in execution.notebook.cells if cell.id == "folder").outputs[0].text.strip()
    assert folder != os.getcwd()
    assert not Path(folder).exists()


def test_endless_texts_are_cut():
    execution = run(
        free("prints", "print('x' * 9_000_000)\nprint('y' * 9)"), graded("x", "raise ValueError('y' * 9_000_000)")
    )
    assert len(str(execution.notebook)) < 10 * machinery.LONGEST_TEXT
    assert execution.outcomes["x"].message == "y" * machinery.LONGEST_TEXT


def test_cells_run_in_the_folder_that_is_given(tmp_path):
    (tmp_path / "number.txt").write_text("7")
    assert run(graded("x-reads", "assert open('number.txt').read() == '7'"), folder=tmp_path).outcomes["x-reads"].passed


def test_a_cell_that_hangs_costs_that_cell_only():
    execution = run(
        free("start", "x = 1"),
        graded("x-hangs", "try:\n    while True: pass\nexcept KeyboardInterrupt:\n    print('well, if you say so')"),
        graded("x-fine", "assert x == 1"),
        timeout=2,
    )
    late = CellOutcome(False, "not done after 2 s", "CellTimeout")
    assert execution.outcomes == {"x-hangs": late, "x-fine": CellOutcome(True)}
    assert execution.died == ""


def test_a_cell_that_cannot_be_interrupted_costs_the_kernel(monkeypatch):
    monkeypatch.setattr(machinery, "INTERRUPT_SECONDS", 0.1)
    execution = run(
        graded("x-before", "import signal"),
        graded("x-deaf", "signal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True: pass"),
        graded("x-after", "1"),
        timeout=2,
    )
    assert execution.outcomes["x-before"].passed
    assert execution.outcomes["x-deaf"].ename == "CellTimeout"
    assert "could not be interrupted" in execution.outcomes["x-deaf"].message
    assert execution.outcomes["x-after"].ename == "DeadKernel"
    assert "x-deaf" in execution.outcomes["x-after"].message


def test_after_the_death_of_the_kernel_each_later_cell_fails_with_the_reason():
    execution = run(
        graded("x-before", "import os"), free("dies", "os._exit(3)"), graded("x-one", "1"), graded("x-two", "1")
    )
    assert execution.outcomes["x-before"].passed
    assert "exit code 3" in execution.others["dies"].message
    for name in ("x-one", "x-two"):
        assert not execution.outcomes[name].passed
        assert execution.outcomes[name].ename == "DeadKernel"
        assert "the cell dies (exit code 3)" in execution.outcomes[name].message
    assert "the cell dies (exit code 3)" in execution.died


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="needs process groups")
def test_nothing_that_a_cell_started_outlives_the_run(tmp_path):
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    reader = os.open(fifo, os.O_RDONLY | os.O_NONBLOCK)
    # The fifo's other end is held by a child process and by the kernel itself, whose thread never ends.
    execution = run(
        graded(
            "x-child",
            "import subprocess, threading\n"
            f"held = open({str(fifo)!r}, 'w')\n"
            f"child = subprocess.Popen(['sh', '-c', 'exec 3>{fifo}; echo ready; exec sleep 600'], stdout=-1)\n"
            "assert child.stdout.readline() == b'ready\\n'\n"
            "threading.Thread(target=threading.Event().wait).start()",
        )
    )
    assert execution.outcomes["x-child"] == CellOutcome(True)
    assert select.select([reader], [], [], 60)[0], "something still holds the fifo open"
    assert os.read(reader, 1) == b""
    os.close(reader)


def test_the_users_own_ipython_profile_plays_no_part(tmp_path, monkeypatch):
    startup = tmp_path / "profile_default" / "startup"
    startup.mkdir(parents=True)
    (startup / "00.py").write_text("from_profile = 1")
    (tmp_path / "script.py").write_text("from_script = 1")
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    monkeypatch.setenv("PYTHONSTARTUP", str(tmp_path / "script.py"))
    outcomes = run(graded("x-profile", "from_profile"), graded("x-script", "from_script")).outcomes
    assert [outcome.ename for outcome in outcomes.values()] == ["NameError", "NameError"]


def test_runs_at_the_same_time_do_not_meet():
    def number(n: int) -> bool:
        return run(free("set", f"x = {n}"), graded("x-same", f"assert x == {n}")).outcomes["x-same"].passed

    with ThreadPoolExecutor(3) as pool:
        assert list(pool.map(number, range(3))) == [True] * 3


def test_a_kernel_that_does_not_start_is_an_error_and_no_verdict(monkeypatch, tmp_path):
    broken = tmp_path / "python"
    broken.write_text("#!/bin/sh\necho no such luck >&2\nexit 7\n")
    broken.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(broken))
    with pytest.raises(KernelStartError, match=r"exit code 7.*no such luck"):
        run(graded("x", "1"))
