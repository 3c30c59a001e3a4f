"""Children that nobody waited for are told, under each way to start them in which this can be seen."""

import multiprocessing
import sys

import pytest

from autograder.checks import CheckFailed, Run
from autograder.checks.children import DIRECT, METHODS, Children


def work(results, size):
    results.put("x" * size)


def run_child(size=1, join=True, drain=True):
    results = multiprocessing.SimpleQueue() if size == 1 else multiprocessing.Queue()
    child = multiprocessing.Process(target=work, args=(results, size))
    child.start()
    if drain:
        results.get()
    if join:
        child.join()


pytestmark = pytest.mark.usefixtures("as_in_a_notebook")


@pytest.mark.parametrize("method", METHODS)
def test_children_are_started_as_asked_and_the_method_is_put_back(method):
    before = multiprocessing.get_start_method()
    with Children(method) as children, Run() as run:
        assert multiprocessing.get_start_method() == method
        children.expect_joined(run.start(run_child))
    assert multiprocessing.get_start_method() == before


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux shows whose child was not waited for")
@pytest.mark.parametrize("method", [method for method in METHODS if method != "forkserver"])
def test_a_child_that_nobody_waited_for_is_told(method):
    with Children(method) as children, Run() as run:
        call = run.start(run_child, 1, False)
        with pytest.raises(CheckFailed, match="ended without waiting for the end of 1 child process\n") as told:
            children.expect_joined(call, ask="Who waits?")
    assert "Who waits?" in str(told.value)
    with Children(DIRECT) as children, Run() as run:  # the next one is judged alone
        children.expect_joined(run.start(run_child))


def test_a_child_that_cannot_end_before_its_result_is_read_is_told():
    with Children() as children, Run() as run:
        call = run.start(run_child, 1_000_000, True, False)
        with pytest.raises(CheckFailed, match=r"never ends, and 1 child process waits too\n.*`child.join\(\)`"):
            children.expect_end(call, ask="Can it end?")
    with Children() as children, Run() as run:
        children.expect_end(run.start(run_child, 1_000_000), ask="Can it end?")
