"""Running notebooks: what each test cell's outcome is, and what is left of a run afterwards."""

from __future__ import annotations

import copy
import os
import select
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder.grading import execute as machinery
from autograder.grading.execute import CellOutcome, Execution, Rooms, execute
from autograder.grading.room import Room, RoomError


def free(name: str, source: str) -> NotebookNode:
    return new_code_cell(source, id=name)


def graded(name: str, source: str, **metadata: object) -> NotebookNode:
    mark = {"grade_id": name, "grade": True, "solution": False, "locked": True, "points": 1, "schema_version": 3}
    return new_code_cell(source, id=name, metadata={"nbgrader": mark, **metadata})


@pytest.fixture(scope="module")
def room() -> Iterator[Room]:
    with Room() as room:
        yield room


@pytest.fixture
def run(room: Room) -> Callable[..., Execution]:
    return lambda *cells, files=None, **options: execute(new_notebook(cells=list(cells)), room, files, **options)


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
        graded("x-last", "assert x == 1\ndisplay('shown')"),
    ]
    notebook = new_notebook(cells=cells)
    notebook.cells[-3].outputs = [{"output_type": "error", "ename": "Old", "evalue": "", "traceback": []}]
    return notebook


@pytest.fixture(scope="module")
def execution(notebook: NotebookNode, room: Room) -> Execution:
    before = copy.deepcopy(notebook)
    execution = execute(notebook, room)
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
    assert execution.restarts == {}


def test_outputs_are_put_into_the_notebook_that_is_returned(execution):
    start, *_, last = (cell for cell in execution.notebook.cells if cell.cell_type == "code")
    assert [(output.name, output.text) for output in start.outputs] == [("stdout", "one\ntwo\n")]
    assert last.outputs[0].data["text/plain"] == "'shown'"
    assert last.execution_count > start.execution_count


def test_the_default_folder_is_new_and_gone_afterwards(execution):
    folder = next(cell for cell in execution.notebook.cells if cell.id == "folder").outputs[0].text.strip()
    assert folder != os.getcwd()
    assert not Path(folder).exists()


def test_endless_texts_are_cut(run):
    execution = run(
        free("prints", "print('x' * 9_000_000)\nprint('y' * 9)"), graded("x", "raise ValueError('y' * 9_000_000)")
    )
    assert len(str(execution.notebook)) < 10 * machinery.LONGEST_TEXT
    assert execution.outcomes["x"].message == "y" * machinery.LONGEST_TEXT


def test_files_lie_in_the_folder_that_cells_run_in(run):
    files = {"number.txt": b"7", "data/deep.bin": b"\0\xff"}
    source = "assert open('number.txt').read() == '7' and open('data/deep.bin', 'rb').read() == b'\\0\\xff'"
    assert run(graded("x-reads", source), files=files).outcomes["x-reads"].passed


@pytest.mark.parametrize(
    "hang",
    [
        "while True: pass",
        "try:\n    while True: pass\nexcept KeyboardInterrupt:\n    print('well, if you say so')",
        "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True: pass",
        "import asyncio\nawait asyncio.get_running_loop().create_future()",
        "import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)",
    ],
    ids=["endless", "swallows interrupts", "deaf", "awaits for ever", "stopped"],
)
def test_a_cell_that_hangs_costs_that_cell_only(run, hang):
    execution = run(
        free("start", "x = [1]"),
        graded("x-before", "x.append(2)"),
        graded("x-hangs", hang),
        graded("x-fine", "assert x == [1]"),
        graded("x-after", "assert x == [1]\nx.append(3)"),
        timeout=0.5,
    )
    late = CellOutcome(False, "not done after 0.5 s", "CellTimeout")
    passed = CellOutcome(True)
    assert execution.outcomes == {"x-before": passed, "x-hangs": late, "x-fine": passed, "x-after": passed}
    assert execution.restarts == {"x-hangs": "not done after 0.5 s"}


def test_where_a_hanging_cell_was_stands_in_its_output(run):
    execution = run(graded("x", "def spin():\n    while True:\n        pass\n\nspin()"), timeout=0.5)
    (error,) = execution.notebook.cells[0].outputs
    assert error.ename == "CellTimeout"
    assert "----> 5 spin()" in "\n".join(error.traceback)
    assert "KeyboardInterrupt" not in error.traceback[-1]


@pytest.mark.parametrize(
    ("death", "how"),
    [
        ("import os\nos._exit(3)", "exit code 3"),
        ("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)", "killed by signal 9"),
        ("import ctypes\nctypes.string_at(0)", "killed by signal 11"),
        ("import os\nos.closerange(3, 256)\nos._exit(0)", "exit code 0"),
    ],
)
def test_a_cell_that_ends_its_kernel_costs_that_cell_only(run, death, how):
    execution = run(
        free("start", "x = 1"),
        graded("x-dies", death),
        free("dies", death),
        graded("x-fine", "assert x == 1"),
        free("late", "y = x + 1"),
        graded("x-dies_too", death),
        graded("x-after", "assert y == 2"),
    )
    dead = CellOutcome(False, f"the kernel ended while this cell ran ({how})", "DeadKernel")
    passed = CellOutcome(True)
    assert execution.outcomes == {"x-dies": dead, "x-fine": passed, "x-dies_too": dead, "x-after": passed}
    assert execution.others == {"start": passed, "dies": dead, "late": passed}
    assert execution.restarts == dict.fromkeys(("x-dies", "dies", "x-dies_too"), how)


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="needs process groups")
@pytest.mark.parametrize(
    "trick",
    [
        "ip = get_ipython()\nip.input_transformers_cleanup.append(lambda lines: ['pass'])",
        "async def quiet(*_, **__): return {'status': 'ok'}\nget_ipython().kernel.do_execute = quiet",
        "import autograder.checks.failure as failure\nfailure.CheckFailed.__init__ = lambda *_: exit()",
    ],
    ids=["source", "kernel", "errors"],
)
def test_a_test_cell_that_does_not_come_to_its_end_does_not_pass(run, trick):
    found = run(free("trick", trick), graded("x-wrong", "assert 1 == 2"))
    assert not found.outcomes["x-wrong"].passed


def test_the_error_by_which_a_test_cell_shows_its_end_is_not_shown(run):
    found = run(graded("x-right", "print('hello')"))
    assert found.outcomes["x-right"] == CellOutcome(True)
    assert [output.output_type for output in found.notebook.cells[0].outputs] == ["stream"]


FORGES = """
import sys
from autograder.grading import interpreter

def forge():
    frame = sys._getframe()
    while "command" not in frame.f_locals:
        frame = frame.f_back
    asked = frame.f_locals["command"]
    proof = asked["source"].rpartition("('")[2].partition("'")[0]
    said = {"status": "error", "evalue": proof, "word": asked["word"]}
    interpreter.outlet.send({"type": "done", "id": asked["id"], "content": said})
"""


@pytest.mark.parametrize("then", ["", "interpreter.outlet.send({'type': 'done', 'content': {}})", "raise KeyError"])
def test_who_says_in_the_place_of_the_interpreter_that_a_cell_is_done_is_not_believed(run, then):
    found = run(free("tools", FORGES), graded("x-forged", f"forge()\n{then}"), graded("x-next", "pass"))
    assert any("the end of a cell that does not run" in doubt for doubt in found.doubts)
    assert not found.outcomes["x-next"].passed


@pytest.mark.parametrize(
    ("altered", "named"),
    [
        ("import builtins\nbuiltins.sorted = lambda *_, **__: []", "builtins.sorted"),
        ("import autograder.checks.values as v\nv.same = lambda *_: True", "autograder.checks.values.same"),
        (
            "import autograder.checks.values as v\nv.same.__code__ = (lambda *_: True).__code__",
            "autograder.checks.values.same",
        ),
        ("import autograder.checks as c\nc.failure.CheckFailed.__str__ = lambda _: ''", "CheckFailed.__str__"),
        ("get_ipython().ast_transformers.append(object())", "ast_transformers"),
        ("ip = get_ipython()\nip.run_cell = ip.run_cell", "a method of"),
        ("get_ipython().events.register('pre_run_cell', lambda _: None)", "events.pre_run_cell"),
        ("get_ipython().events.register('post_run_cell', lambda _: None)", "events.post_run_cell"),
        (
            "from IPython.core.interactiveshell import ExecutionResult as E\nE.error_in_exec = property(id)",
            "error_in_exec",
        ),
        ("from autograder.grading.interpreter import outlet\noutlet.send = print", "a method of Outlet"),
        ("import gc\ngc.callbacks.append(print)", "gc.callbacks"),
        ("import linecache\nlinecache.cache = type('Cache', (dict,), {})()", "linecache.cache"),
        ("import sys\nsys.addaudithook(lambda *_: None)", "the audit hooks"),
        ("import sys\nsys.settrace(lambda *_: None)", "the trace function"),
    ],
)
def test_who_alters_what_verdicts_are_made_with_is_named(run, altered, named):
    found = run(free("alters", altered), graded("x", "pass"))
    assert any(named in doubt for doubt in found.doubts)


def test_who_alters_what_belongs_to_all_programs_is_not_doubted(run):
    cells = [
        "import asyncio, builtins, nest_asyncio, time, warnings\nnest_asyncio.apply()\ntime.sleep = print",
        "builtins.print = lambda *_, **__: None\nbuiltins.input = lambda *_: '3'\nlen = sorted = 3",
        "%load_ext autograder.timeline\n%matplotlib inline\n%load_ext autoreload\n%autoreload 2",
        "from IPython.core.interactiveshell import InteractiveShell as S\nS.ast_node_interactivity = 'all'",
        "from gevent import monkey\nmonkey.patch_socket()\nclass AssertionError(Exception): pass",
    ]
    found = run(*(free(str(number), source) for number, source in enumerate(cells)), graded("x", "pass"))
    assert found.doubts == []
    assert found.outcomes["x"].passed


def test_nothing_that_a_cell_started_outlives_the_run(room, tmp_path):
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    reader = os.open(fifo, os.O_RDONLY | os.O_NONBLOCK)
    # The fifo's other end is held by the kernel itself, whose thread never ends, by a child, and by an orphan in a
    # session of its own.
    sleeper = f"exec 3>{fifo}; echo ready; exec sleep 600"
    execution = execute(
        new_notebook(
            cells=[
                graded(
                    "x-child",
                    "import subprocess, threading\n"
                    f"held = open({str(fifo)!r}, 'w')\n"
                    f"child = subprocess.Popen(['sh', '-c', {sleeper!r}], stdout=-1)\n"
                    "assert child.stdout.readline() == b'ready\\n'\n"
                    f"orphan = subprocess.Popen(['setsid', 'sh', '-c', '({sleeper}) &'], stdout=-1)\n"
                    "assert orphan.stdout.readline() == b'ready\\n' and orphan.wait() == 0\n"
                    "threading.Thread(target=threading.Event().wait).start()",
                )
            ]
        ),
        room,
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
    cells = [graded("x-profile", "from_profile"), graded("x-script", "from_script")]
    with Room() as room:
        outcomes = execute(new_notebook(cells=cells), room).outcomes
    assert [outcome.ename for outcome in outcomes.values()] == ["NameError", "NameError"]


def test_a_notebook_finds_nothing_of_the_one_before(run):
    run(
        graded(
            "x",
            "import builtins, os, sys, threading\nbuiltins.left = sys.left = threading.left = 1\n"
            "open('left', 'w').close()\nos.environ['LEFT'] = '1'\nos.chdir('/')\nsys.path.clear()",
        )
    )
    looks = "import builtins, os, sys, threading\n" + "\n".join(
        f"assert not {what}"
        for what in (
            "hasattr(builtins, 'left') or hasattr(sys, 'left') or hasattr(threading, 'left')",
            "os.listdir()",
            "'LEFT' in os.environ",
            "threading.active_count() > 1",
        )
    )
    assert run(graded("x", looks)).outcomes["x"] == CellOutcome(True)


def test_runs_at_the_same_time_do_not_meet():
    def number(n: int) -> bool:
        cells = [free("set", f"x = {n}"), graded("x-same", f"assert x == {n}")]
        return rooms.execute(new_notebook(cells=cells)).outcomes["x-same"].passed

    with Rooms(2) as rooms, ThreadPoolExecutor(3) as pool:
        assert list(pool.map(number, range(6))) == [True] * 6


KILLS_THE_ZYGOTE = """
import os, signal
with open({file!r}, "w") as file:
    file.write(str(os.getpid()))
os.kill(os.getppid(), signal.SIGKILL)
signal.pause()
"""


def test_a_room_whose_zygote_was_killed_is_replaced_and_nothing_of_it_goes_on(tmp_path):
    cells = [graded("x", "1")]
    file = tmp_path / "pid"
    with Rooms(1) as rooms:
        rooms.execute(new_notebook(cells=cells))
        kills = [graded("x", KILLS_THE_ZYGOTE.format(file=str(file)))]
        with pytest.raises(RoomError, match="the room is gone"):
            rooms.execute(new_notebook(cells=kills))
        assert rooms.execute(new_notebook(cells=cells)).outcomes["x"].passed
    with suppress(ProcessLookupError):
        ended = os.pidfd_open(int(file.read_text()))
        assert select.select([ended], [], [], 10)[0]
        os.close(ended)


def test_a_room_that_cannot_be_made_is_an_error_and_no_verdict(monkeypatch, tmp_path):
    broken = tmp_path / "python"
    broken.write_text("#!/bin/sh\necho no such luck >&2\nexit 7\n")
    broken.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(broken))
    with pytest.raises(RoomError, match="the room is gone: no such luck"):
        Room()


HIDDEN = "### BEGIN HIDDEN TESTS\nnobody_knows_this = 'line'\nanswer()\n### END HIDDEN TESTS"
TELLS = """
import html, sys

def line():
    for frame in sys._current_frames().values():
        while frame is not None:
            if "command" in frame.f_locals:
                return frame.f_locals["command"]["source"].splitlines()[1]
            frame = frame.f_back

def answer():
    print(line(), "and more")
    print([line()], html.escape(line()))
    display({"text/plain": line()}, raw=True)
    raise ValueError(line())
"""


def test_no_line_of_a_hidden_test_is_in_an_output_or_a_message(run):
    found = run(free("tells", TELLS), graded("x", HIDDEN))
    assert found.outcomes["x"].ename == "ValueError"
    shown = str([cell.outputs for cell in found.notebook.cells]) + found.outcomes["x"].message
    assert "nobody_knows_this" not in shown
    assert "a line of a hidden test is left out" in shown


def test_the_text_of_a_test_cell_is_not_in_the_history(run):
    look = "print([text for text in In if 'secret' in text], len(In))"
    found = run(free("a", "1"), graded("x", "secret = 1"), free("b", look))
    number = found.notebook.cells[2].execution_count
    assert found.notebook.cells[2].outputs[0].text == f"{[look]} {number + 1}\n"


PROOF = TELLS.replace("splitlines()[1]", 'rpartition("(\'")[2].partition("\'")[0]').partition("def answer")[0]
RAISES = "from autograder.checks.failure import CheckFailed\ndef answer():\n    "


@pytest.mark.parametrize(
    "way", ["raise CheckFailed(line())", "exec('raise CheckFailed(text)', {**globals(), 'text': line()})"]
)
def test_a_proof_that_another_line_raises_is_none(run, way):
    found = run(free("tools", PROOF + RAISES + way), graded("x-wrong", "answer()\nassert 1 == 2"))
    assert not found.outcomes["x-wrong"].passed


def test_a_cell_that_prints_without_an_end_is_cut_off_by_what_it_prints(run, monkeypatch):
    monkeypatch.setattr("autograder.grading.room.MOST_BYTES", 1_000_000)
    found = run(graded("x", "while True:\n    print('x' * 1000)"), graded("y", "1"))
    assert "it printed more than 1,000,000 bytes" in found.outcomes["x"].message
    assert found.outcomes["y"].passed


def test_outputs_are_bounded_in_number(run):
    found = run(free("a", "for n in range(3000):\n    display({'text/plain': 'x'}, raw=True)"))
    assert len(found.notebook.cells[0].outputs) == machinery.MOST_OUTPUTS


SHOWS = {
    "prints": "print('x' * 9_000)",
    "displays": "display({'text/plain': 'x' * 9_000}, raw=True)",
    "updates": (
        "for n in range(9): shown = display({'text/plain': 'x'}, raw=True, display_id='same')\n"
        "from IPython.display import update_display\n"
        "update_display({'text/plain': 'x' * 2_000}, raw=True, display_id='same')"
    ),
    "lists": "display({'text/plain': 'x', 'application/json': [[]] * 90}, raw=True)",
    "raises": "raise ValueError('x' * 9_000)",
}


@pytest.mark.parametrize("how", SHOWS)
def test_what_all_cells_show_together_is_bounded(run, monkeypatch, how):
    monkeypatch.setattr(machinery, "MOST_SHOWN_TOGETHER", 30_000)
    found = run(*(free(str(number), SHOWS[how]) for number in range(20)), graded("x", "raise KeyError('verdict')"))
    *shown, last = (str(cell.outputs) for cell in found.notebook.cells)
    assert "Left out" not in shown[0]
    assert shown[-1].count("Left out here: what goes beyond 5,000,000 characters of a cell, or 30,000 of a") == 1
    assert len("".join(shown)) - 20 * len(shown[-1]) < 40_000
    assert len(shown[-1]) < 5_000
    assert found.outcomes["x"] == CellOutcome(False, "'verdict'", "KeyError")
    assert "KeyError" in last


def test_a_display_of_too_many_items_is_left_out(run):
    found = run(free("lists", "display({'text/plain': 'x', 'application/json': [[]] * 60_000}, raw=True)"))
    (output,) = found.notebook.cells[0].outputs
    assert output.text.startswith("Left out here")


def test_cells_that_together_take_too_long_end_the_run(run, monkeypatch):
    monkeypatch.setattr(machinery, "SHORTEST_BUDGET", 0)
    found = run(*(graded(f"x-{number}", "while True: pass") for number in range(40)), timeout=0.05)
    assert "not run: the cells before it took 0.5 s together" in found.outcomes["x-39"].message


def test_cells_that_take_too_long_when_they_are_run_again_end_the_run(run, monkeypatch):
    monkeypatch.setattr(machinery, "SHORTEST_BUDGET", 0)
    slow_again = [free(f"slow-{number}", "while not asked: pass") for number in range(40)]
    cells = [free("start", "asked = False"), graded("x-asks", "asked = True"), *slow_again]
    found = run(*cells, free("ends", "import os\nos._exit(0)"), graded("x-late", "1"), timeout=0.05)
    assert found.outcomes["x-asks"].passed
    assert "not run: the cells before it took 0.5 s together" in found.outcomes["x-late"].message
    assert "slow-39" not in found.restarts


def test_an_interpreter_that_has_closed_its_pipes_is_not_waited_for(run):
    found = run(graded("x", "import os\nos.closerange(3, 256)\nwhile True: pass"), graded("y", "1"), timeout=600)
    assert "it has closed its pipes" in found.outcomes["x"].message
    assert found.outcomes["y"].passed


@pytest.mark.parametrize(
    "odd", ["import asyncio\nfor task in asyncio.all_tasks(): task.cancel()", "%load_ext autoreload"]
)
def test_odd_cells_do_not_end_the_interpreter_nor_raise_doubts(run, odd):
    found = run(free("odd", odd), graded("x", "1"))
    assert (found.restarts, found.doubts) == ({}, [])
    assert found.outcomes["x"].passed
