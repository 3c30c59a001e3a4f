"""Whatever the student's code is or does, one clear message comes of it, and the next run is judged alone."""

import _thread
import io
import os
import sys
import threading
import time

import pytest

from autograder.checks import CheckFailed, Gate, call, student
from autograder.checks.belongings import MOST_OUTPUT


def prints_without_end():
    while True:
        print("x" * 1000)


def patches_time():
    time.sleep = lambda seconds: None
    time.time = lambda: 0.0
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


def test_what_the_code_patches_is_put_back_and_named():
    sleep, now = time.sleep, time.time
    with Gate() as gate:
        gate.start(patches_time).expect_result("patched")
    assert gate.changed_modules == ["time.sleep", "time.time"]
    assert (time.sleep, time.time) == (sleep, now)
    with Gate() as gate:
        gate.start(sorted, [2, 1]).expect_result([1, 2])
    assert gate.changed_modules == []


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
