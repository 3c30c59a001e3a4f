"""Programs in a process of their own: their outside world, their output, their end and what they leave behind."""

from __future__ import annotations

import gc
import math
import os
import signal
import textwrap
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from autograder.checks import CheckFailed, fence, quiet
from autograder.checks.programs import MOST_OUTPUT, Program

PAGES = {"a": "A", "b": "B", "c": "C"}
PATCH = "from gevent import monkey\nmonkey.patch_all()\n"
IMPORT = "from world import fetch\n"
SPAWN = """
import sys
import gevent
jobs = [gevent.spawn(fetch, url) for url in sys.argv[1:]]
gevent.joinall(jobs)
for job in jobs:
    print(job.value)
"""
POOL = """
import sys
from gevent.pool import Pool
for page in Pool(10).imap(fetch, sys.argv[1:]):
    print(page)
"""
SERIAL = """
import sys
import gevent
for url in sys.argv[1:]:
    print(gevent.spawn(fetch, url).get())
"""


@pytest.fixture
def write(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return lambda text: Path("patched_fetch.py").write_text(textwrap.dedent(text))


def fetch_all(world=PAGES):
    with Program("patched_fetch.py", {"fetch": world}) as program:
        call = program.start("a", "b", "c")
        program.expect_at_once(3)
        program.expect_patched_first()
        program.finish("c", "a", "b")
        call.expect_output("A\nB\nC\n")
        call.expect_exit()
        call.expect_nothing_left()


def test_messages_are_plain_though_a_kernel_asks_programs_for_colours(write, monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    write("raise ValueError('no urls')")
    with (
        pytest.raises(CheckFailed, match="status 1: ValueError: no urls, at line 1"),
        Program("patched_fetch.py", {}) as program,
    ):
        program.start().expect_exit()


@pytest.mark.parametrize(
    "code", [PATCH + IMPORT + SPAWN, PATCH + IMPORT + POOL, "import socket\n" + PATCH + IMPORT + SPAWN]
)
def test_programs_that_patch_first_overlap(write, code):
    write(code)
    fetch_all()


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (IMPORT + PATCH + SPAWN, "world was imported before its sockets could yield; sockets were patched only after"),
        (IMPORT + SPAWN, "world was imported before its sockets could yield; sockets were never patched"),
        (PATCH + IMPORT + SERIAL, "only 1 at a time"),
        (PATCH + SPAWN.replace("fetch", "str"), "the program never imported world"),
        (PATCH + IMPORT + "import gevent, sys\ngevent.spawn(fetch, sys.argv[1])", "the program has ended"),
        (
            PATCH + IMPORT + "\nraise NotImplementedError()",
            "status 1: NotImplementedError, at line 5 of patched_fetch.py",
        ),
        (PATCH + IMPORT + "print(", "SyntaxError"),
    ],
)
def test_programs_that_do_not_overlap_are_told_why(write, code, words):
    write(code)
    with pytest.raises(CheckFailed) as caught:
        fetch_all()
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (IMPORT + PATCH + SPAWN, "world was imported first, and got hold of the socket that blocks, then sockets were"),
        (IMPORT + SPAWN, "and sockets were not patched later either"),
        (
            "import importlib\nimport world\n" + PATCH + "importlib.reload(world)\n" + IMPORT + SPAWN,
            "world was imported first, and got hold of the socket that blocks, then sockets were",
        ),
        ("print(1)", "the program never imported world"),
        ("1 / 0", "ZeroDivisionError: division by zero, at line 1 of patched_fetch.py"),
    ],
)
def test_programs_that_do_not_patch_first_are_told_so(write, code, words):
    write(code)
    with Program("patched_fetch.py", {"fetch": PAGES}) as program:
        program.start("a")
        with pytest.raises(CheckFailed) as caught:
            program.expect_patched_first()
    assert words in str(caught.value)


def test_a_file_with_the_name_of_the_world_does_not_take_its_place(write):
    write("import helper\nfrom world import fetch\nprint(helper.WORD, fetch('a'))")
    Path("world.py").write_text("def fetch(url):\n    return 'made up'\n")
    Path("helper.py").write_text("WORD = 'found'\n")
    with Program("patched_fetch.py", {"fetch": PAGES}) as program:
        call = program.start()
        program.finish_all()
        call.expect_output("found A\n")


def test_a_program_that_looks_now_and_then_comes_to_rest(write):
    write(
        PATCH + IMPORT + "import gevent\njob = gevent.spawn(fetch, 'a')\nwhile not job.ready():\n    gevent.sleep(0.01)"
    )
    with Program("patched_fetch.py", {"fetch": PAGES}) as program:
        call = program.start()
        program.expect_at_once(1)
        program.finish("a")
        call.expect_exit()


def test_output_without_a_call_of_the_world_is_told_so(write):
    write("from world import fetch")
    with Program("patched_fetch.py", {"fetch": PAGES}) as program:
        call = program.start()
        with pytest.raises(
            CheckFailed, match=r"nothing more: the program has ended, and never called a function of wo"
        ):
            call.expect_output("A\n")


def test_errors_of_the_world_are_raised_in_the_program(write):
    write("from world import fetch\ntry:\n    fetch('a')\nexcept OSError as error:\n    print(repr(error))\n")
    with Program("patched_fetch.py", {"fetch": {"a": OSError("gone")}}) as program:
        call = program.start()
        program.finish_all()
        call.expect_output("OSError('gone')\n")


def run(*arguments, stdin="", apart=False):
    with Program("patched_fetch.py", apart=apart) as program:
        call = program.start(*arguments, stdin=stdin)
        call.expect_end()
    return call


def test_arguments_input_output_and_status_pass_through(write):
    write("import sys\nprint(sys.argv[1:], input())\nprint('oh', file=sys.stderr)\nsys.exit(3)")
    call = run("a", "b c", stdin="hello\n")
    assert (call.stdout, call.stderr, call.status) == ("['a', 'b c'] hello\n", "oh\n", 3)
    call.expect_exit(3)
    with pytest.raises(CheckFailed, match="ended with status 3: oh\n  expected:  exit status 0"):
        call.expect_exit(0)


def test_a_program_may_run_in_an_empty_folder(write, tmp_path):
    write("import os\nprint(os.listdir(), os.getcwd())")
    seen = run(apart=True).stdout
    assert seen.startswith("[] ")
    assert str(tmp_path) not in seen


def test_another_output_is_shown_by_its_first_other_line(write):
    write("print('A')\nprint('b')")
    with pytest.raises(CheckFailed, match=r"line 2 of the output is 'b'\n  expected:  'B'"):
        run().expect_output("A\nB\n")
    with pytest.raises(CheckFailed, match=r"line 3 of the output is nothing more\n  expected:  'C'"):
        run().expect_output("A\nb\nC\n")
    with pytest.raises(CheckFailed, match=r"'A\\nb' at the end"):
        run().expect_output("A\nb")


def test_a_missing_file_is_named(write):
    with Program("absent.py") as program, pytest.raises(CheckFailed, match=r"no file absent.py beside the notebook"):
        program.start().expect_output("")


def test_a_program_that_waits_for_good_is_seen_at_once(write):
    write("import threading\nlock = threading.Lock()\nlock.acquire()\nlock.acquire()")
    with pytest.raises(CheckFailed, match="never ends: all of its threads wait"):
        run()


def test_a_patched_program_that_waits_for_good_is_seen_at_once(write):
    write(PATCH + IMPORT + "import gevent\ngevent.spawn(fetch, 'a').join()\ngevent.socket.socket().accept()")
    with Program("patched_fetch.py", {"fetch": PAGES}) as program:
        call = program.start()
        with pytest.raises(CheckFailed, match=r"it waits while fetch\('a'\) was running"):
            call.expect_end()
        program.expect_at_once(1)


def test_a_program_without_an_end_is_ended(write, monkeypatch):
    monkeypatch.setattr(fence, "ASLEEP", 0.2)
    write("import time\ntime.sleep(1000)")
    with Program("patched_fetch.py") as program:
        call = program.start()
        with pytest.raises(CheckFailed, match="goes on and on"):
            call.expect_end()
    assert not quiet.alive(call._process.pid)


def test_a_program_that_computes_without_an_end_is_told_by_its_processor_time(write, monkeypatch):
    monkeypatch.setattr(fence, "SPIN", 0.3)
    monkeypatch.setattr(fence, "ASLEEP", math.inf)
    write("while True:\n    pass")
    with pytest.raises(CheckFailed, match=r"without an end \(computing\)"):
        run()


def test_a_program_that_prints_without_end_is_cut(write):
    write("while True:\n    print('x' * 1000)")
    call = run()
    assert len(call.stdout) < 2 * MOST_OUTPUT
    with pytest.raises(CheckFailed, match="ended when it had written 1,000,000 bytes"):
        call.expect_output("x")


def test_a_program_ended_by_a_signal_is_told_so(write):
    write("import os\nos.abort()")
    with pytest.raises(CheckFailed, match="ended by the signal SIGABRT"):
        run().expect_exit()


def test_children_of_a_program_end_with_it(write):
    write(
        "import subprocess, sys\nprint(subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(1000)']).pid)"
    )
    child = int(run().stdout)
    while quiet.alive(child):  # it has been told to end, and is no child of this process
        os.sched_yield()


def test_a_process_that_escapes_and_holds_the_output_is_named(write):
    write(
        """\
        import subprocess
        import sys

        code = "import os, time; print(os.getpid(), flush=True); time.sleep(1000)"
        child = subprocess.Popen([sys.executable, "-c", code], start_new_session=True, stdout=subprocess.PIPE)
        open("pid", "wb").write(child.stdout.readline())
        """
    )
    try:
        with pytest.raises(CheckFailed, match="holds its output open"):
            run()
    finally:
        os.kill(int(Path("pid").read_text()), signal.SIGKILL)


def test_two_programs_leave_nothing_in_this_process(write):
    write(PATCH + IMPORT + SPAWN)
    fetch_all()
    gc.collect()
    before = len(os.listdir("/proc/self/fd"))
    fetch_all()
    assert len(os.listdir("/proc/self/fd")) == before


CELL = "%%writefile patched_fetch.py\n"
TEST = """
from autograder.checks.programs import Program

with Program("patched_fetch.py", {"fetch": {"a": "A", "b": "B"}}) as program:
    call = program.start("a", "b")
    program.expect_at_once(2)
    program.finish_all()
    call.expect_output("A\\nB\\n")
"""


def test_in_a_kernel_each_cell_gets_its_own_verdict(tmp_path):
    sources = [TEST, CELL + IMPORT + PATCH + SPAWN, TEST, CELL + PATCH + IMPORT + SPAWN, TEST]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in sources])
    client = NotebookClient(notebook, kernel_name="python3", allow_errors=True, timeout=60)
    client.resources = {"metadata": {"path": str(tmp_path)}}
    client.execute()
    outputs = ["\n".join(output.get("evalue", "") for output in cell.outputs) for cell in notebook.cells]
    assert "no file patched_fetch.py beside the notebook" in outputs[0]
    assert "sockets were patched only after that" in outputs[2]
    assert outputs[4] == ""
