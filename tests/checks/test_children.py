"""Children that nobody waited for are told, under each way to start them in which this can be seen."""

import multiprocessing
import sys

import pytest

from autograder.checks import CheckFailed, Gate, Run
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


def waits_a_while(again):
    child = multiprocessing.Process(target=int)
    child.start()
    child.join(5)
    while again and child.is_alive():
        child.join(5)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux shows whose child was not waited for")
def test_the_first_wait_with_a_time_out_is_over_before_the_child_has_ended():
    with Children() as children, Run() as run:
        call = run.start(waits_a_while, False)
        with pytest.raises(CheckFailed, match=r"1 child process: join\(timeout=5\) was over before it had ended"):
            children.expect_joined(call)
    with Children() as children, Run() as run:
        children.expect_joined(run.start(waits_a_while, True))


def hold(gate, context=multiprocessing, queues=()):
    made = [getattr(multiprocessing, kind)() for kind in queues]
    child = context.Process(target=int, args=(gate,))
    child.start()
    child.join()
    return len(made)


@pytest.mark.parametrize("method", METHODS)
def test_children_that_are_started_in_another_way_are_told(method):
    with Children(method) as children, Gate() as gate:
        call = gate.start(hold, gate.value(2))
        children.expect_method(call)
        gate.finish_all()
    if method != DIRECT:
        with Children(method) as children, Gate() as gate:
            call = gate.start(hold, gate.value(2), multiprocessing.get_context(DIRECT))
            with pytest.raises(CheckFailed, match=f"1 child process was started by {DIRECT}\n.*{method}, which is set"):
                children.expect_method(call)


@pytest.mark.parametrize(
    ("queues", "words"),
    [
        (["Queue"], None),
        (["JoinableQueue", "SimpleQueue"], None),
        (["Queue", "Queue"], "2 queues were made"),
        (["SimpleQueue"], "a SimpleQueue was made, and no Queue"),
    ],
)
def test_queues_are_counted(queues, words):
    with Children() as children, Run() as run:
        call = run.start(hold, 2, multiprocessing, queues)
        if words is None:
            children.expect_one_queue(call)
        else:
            with pytest.raises(CheckFailed, match=words):
                children.expect_one_queue(call)


def send_back(number, results):
    results.put((number, number * number))


def asks_a_child(number, multiply):
    results = multiprocessing.Queue()
    child = multiprocessing.Process(target=send_back, args=(number, results))
    child.start()
    number, square = results.get()
    child.join()
    return eval(multiply, {"n": number}) if multiply else square


@pytest.mark.parametrize("multiply", [None, "n * n", "n**2", "1 * n * int(n)"])
def test_numbers_that_the_calling_process_multiplies_are_told(multiply):
    with Children() as children, Gate() as gate:
        call = gate.start(asks_a_child, gate.value(3), multiply)
        gate.finish_all()
        call.expect_result(9)
        if multiply is None:
            children.expect_no_product(call)
        else:
            with pytest.raises(CheckFailed, match="the calling process multiplied 3 at line"):
                children.expect_no_product(call)


def test_a_child_that_cannot_end_before_its_result_is_read_is_told():
    with Children() as children, Run() as run:
        call = run.start(run_child, 1_000_000, True, False)
        with pytest.raises(CheckFailed, match=r"never ends, and 1 child process waits too\n.*`child.join\(\)`"):
            children.expect_end(call, ask="Can it end?")
    with Children() as children, Run() as run:
        children.expect_end(run.start(run_child, 1_000_000), ask="Can it end?")
