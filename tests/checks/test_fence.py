"""Whatever the student's code is or does, one clear message comes of it, and the next run is judged alone."""

import _thread
import builtins
import gc
import io
import linecache
import os
import socket
import subprocess
import sys
import threading
import time
from unittest import mock

import pytest

from autograder.checks import CheckFailed, Gate, Run, call, student
from autograder.checks.belongings import MOST_OUTPUT


def prints_without_end():
    while True:
        print("x" * 1000)


def patches_time():
    time.sleep = lambda seconds: None
    time.time = lambda: 0.0
    return "patched"


def deletes_builtins():
    del builtins.len, builtins.isinstance
    return "patched"


def deadlocks():
    lock = threading.Lock()
    lock.acquire()
    lock.acquire()


def swallows_everything():
    while True:
        try:
            threading.Event().wait()
        except BaseException:
            pass


def recurses():
    return recurses()


class Unprintable(Exception):
    def __str__(self):
        raise RuntimeError("no text")

    __repr__ = __str__


class EqualToAll:
    def __eq__(self, other):
        return True

    __hash__ = None

    def __repr__(self):
        return "42"


def raises(error):
    def function():
        raise error

    return function


def judged(function, *arguments, expected=42):
    with pytest.raises(CheckFailed) as caught:
        call(function, *arguments).expect_result(expected)
    return str(caught.value)


@pytest.mark.parametrize(
    ("function", "words"),
    [
        (raises(SystemExit("bye")), "raised SystemExit('bye')"),
        (raises(KeyboardInterrupt()), "raised KeyboardInterrupt()"),
        (raises(BaseException("base")), "raised BaseException('base')"),
        (raises(Unprintable("x")), "raised Unprintable('x')"),
        (raises(NotImplementedError()), "is not written yet"),
        (_thread.exit, "raised SystemExit()"),
        (recurses, "raised RecursionError"),
        (deadlocks, "the call never ends: every thread waits"),
        (deadlocks, "`lock.acquire()`"),
        (swallows_everything, "the call never ends"),
        (prints_without_end, "printed more than 1,000,000 characters"),
        (lambda: EqualToAll(), "returned an EqualToAll object"),
        (lambda: 42.0, "returned 42.0"),
        (lambda: True, "returned True"),
        (lambda: "x" * 1_000_000_000, "...xxxxxxxxx'"),
        (lambda: list(range(1_000_000)), "... 1000000 items"),
        (lambda: None, "returned None"),
        (lambda wanted: wanted, "raised TypeError"),
        ("not a function", "is 'not a function', which cannot be called"),
    ],
)
def test_bad_code_gets_one_clear_message_and_the_next_call_works(function, words):
    text = judged(function)
    assert words in text
    assert len(text) < 3000
    call(lambda: 42).expect_result(42)


def test_a_missing_name_is_told_without_a_stack(monkeypatch):
    assert "nowhere_defined is not defined" in judged(student.nowhere_defined)
    monkeypatch.setattr(sys.modules["__main__"], "answer", lambda: 42, raising=False)
    call(student.answer).expect_result(42)


def test_another_program_makes_anew_what_the_cell_makes(monkeypatch):
    cell = """
from itertools import count
numbers = count()
first = next(numbers)
SALT = object()
answer = broken.name
print("only here")
def answer(text):
    return SALT, KEPT, hash(text), hash((text, 1)), hash((1, 2))
"""
    main, name = sys.modules["__main__"], "a cell of a notebook"
    monkeypatch.setattr(main, "KEPT", object(), raising=False)
    monkeypatch.setitem(linecache.cache, name, (len(cell), None, cell.splitlines(True), name))
    for each in ("count", "numbers", "first", "SALT", "answer"):
        monkeypatch.setattr(main, each, None, raising=False)
    exec(compile(cell.replace("answer = broken.name", ""), name, "exec"), vars(main))
    here, there = student.answer.get()("a"), student.answer.elsewhere.get()("a")
    assert [one == other for one, other in zip(here, there, strict=True)] == [False, True, False, False, True]
    assert str(student.answer.elsewhere) == "another_program.answer"
    monkeypatch.setattr(main, "answer", len)
    assert student.answer.elsewhere.get() is len


def test_what_the_code_patches_is_named_and_put_back():
    sleep, now, length = time.sleep, time.time, len
    for function, words in (
        (patches_time, "the code changed time.sleep, time.time and left it so"),
        (deletes_builtins, "the code changed builtins.isinstance, builtins.len and left it so"),
    ):
        assert words in judged(function, expected="patched")
        assert (time.sleep, time.time, len) == (sleep, now, length)
        call(sorted, [2, 1]).expect_result([1, 2])


def test_what_the_code_changes_while_it_runs_and_puts_back_is_its_own_affair():
    def patches_for_a_while():
        with mock.patch("time.sleep"):
            time.sleep(1000)
        return 42

    call(patches_for_a_while).expect_result(42)


def test_settings_of_the_process_are_put_back(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("A_NAME", "a value")

    def changes_settings():
        os.chdir("/")
        os.environ.clear()
        sys.path.clear()
        sys.setrecursionlimit(sys.getrecursionlimit() + 1)
        sys.setswitchinterval(1)
        sys.excepthook = sys.displayhook = sys.stdin = None
        socket.setdefaulttimeout(1)
        threading.settrace(print)
        gc.disable()

    def settings():
        return (
            *(os.getcwd(), dict(os.environ), list(sys.path), sys.getrecursionlimit(), sys.getswitchinterval()),
            *(sys.excepthook, sys.displayhook, sys.stdin, socket.getdefaulttimeout(), threading.gettrace()),
            gc.isenabled(),
        )

    before = settings()
    call(changes_settings).expect_result(None)
    assert settings() == before


def test_open_sockets_are_named_and_closed():
    kept = []

    def leaves_sockets():
        kept.extend(socket.socketpair())
        with socket.socket():
            return 42

    with Run() as run:
        started = run.start(leaves_sockets)
        started.expect_result(42)
        with pytest.raises(CheckFailed, match=r"left 2 open sockets behind(.|\n)*Who closes the socket"):
            started.expect_nothing_left()
    assert [one.fileno() for one in kept] == [-1, -1]
    kept.clear()
    with Run() as run:
        run.start(socket.socketpair).expect_return()
        run.calls[0].value = None
        run.calls[0].expect_nothing_left()


def test_a_thread_that_is_blocked_for_good_does_not_stop_those_that_are_traced():
    code = """
import sys, threading
from autograder.checks import CheckFailed, Run, explore, student

block = threading.Event()
ended = []

def blocks():
    try:
        block.wait()
        while True:
            pass
    except SystemExit:
        ended.append(True)

def two_calls(run):
    for _ in range(2):
        run.start(sorted, [2, 1])
    run.finish()

with Run() as run:
    thread = run.start(threading.Thread(target=blocks).start)
sys.settrace(lambda *_: None)
print(sorted([2, 1], key=lambda number: number))
sys.settrace(None)
explore(two_calls)
block.set()
for one in threading.enumerate():
    if one is not threading.current_thread() and not one.daemon:
        one.join()
print(ended)
"""
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert (ran.stdout, ran.stderr, ran.returncode) == ("[1, 2]\n[True]\n", "", 0)


def test_output_up_to_the_bound_goes_where_it_went_before(monkeypatch):
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stdout", stream)
    call(print, "y" * (MOST_OUTPUT - 10)).expect_result(None)
    assert len(stream.getvalue()) == MOST_OUTPUT - 9
    assert sys.stdout is stream


def test_a_check_that_fails_is_shown_without_frames():
    with pytest.raises(CheckFailed) as caught:
        call(lambda: 1).expect_result(2)
    error = caught.value
    assert error._render_traceback_() == [f"CheckFailed: {error}"]
    assert "fence.py" not in str(error)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_child_that_is_left_behind_is_ended(monkeypatch):
    def leaves_a_child():
        pid = os.fork()
        if pid == 0:
            reader, _ = os.pipe()
            os.read(reader, 1)
            os._exit(0)
        return pid

    with Gate() as gate:
        started = gate.start(leaves_a_child)
        with pytest.raises(CheckFailed, match="left 1 child process behind"):
            started.expect_nothing_left()
    _, status = os.waitpid(started.value, 0)
    assert os.WTERMSIG(status) == 9
