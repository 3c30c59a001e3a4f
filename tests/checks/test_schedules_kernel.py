"""The explorer in a real kernel: it fails with its message only, leaves nothing behind; the next cell still works."""

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

STUDENT = """\
import threading
from threading import Lock

made_before = Lock()

class SafeCounter:
    def __init__(self):
        self.value = 0
        self.lock = threading.Lock()

    def increment(self):
        value = self.value
        with self.lock:
            self.value = value + 1
"""
RIGHT = STUDENT.replace(
    """\
        value = self.value
        with self.lock:
            self.value = value + 1
""",
    """\
        import threading as again
        with made_before, again.Lock():
            self.value += 1
            print(self.value)
""",
)
TEST = """\
from autograder.checks import student
from autograder.checks.schedules import explore

def two_increments(run):  # this line is the test's and must not be shown
    counter = run.call(student.SafeCounter)
    run.start(counter.increment)
    run.start(counter.increment)
    run.finish()
    run.expect("counter.value", counter.value, 2)

explore(two_increments)
"""
AFTERWARDS = """\
import _thread, sys
assert threading.Lock is type(made_before) or threading.Lock is _thread.allocate_lock
assert type(made_before) is type(_thread.allocate_lock()) and not made_before.locked()
assert sys.gettrace() is None and "print" not in globals()
assert not [name for name in sys.modules if "twin" in name and name.startswith("autograder_")]
if sys.version_info >= (3, 12):
    assert not any(map(sys.monitoring.get_tool, range(6)))
counter = SafeCounter()
threads = [threading.Thread(target=counter.increment) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
"still here"
"""


@pytest.fixture(scope="module")
def outputs() -> list[list[nbformat.NotebookNode]]:
    """What each cell put out."""
    cells = [new_code_cell(source) for source in (STUDENT, TEST, AFTERWARDS, RIGHT, TEST, AFTERWARDS)]
    book = new_notebook(cells=cells)
    NotebookClient(book, timeout=60, kernel_name="python3", allow_errors=True).execute()
    return [cell.outputs for cell in book.cells]


def test_the_wrong_counter_fails_with_the_message_and_nothing_else(outputs) -> None:
    (error,) = outputs[1]
    assert error.ename == "CheckFailed"
    assert "counter.value is 1" in error.evalue
    assert "A  line 12  value = self.value" in error.evalue
    assert "must not be shown" not in str(error)
    assert error.traceback == [f"CheckFailed: {error.evalue}"]


def test_the_cell_after_a_failure_works_as_before(outputs) -> None:
    assert [output.data["text/plain"] for output in outputs[2]] == ["'still here'"]


def test_the_right_counter_passes_and_prints_nothing_hundreds_of_times(outputs) -> None:
    assert outputs[4] == []


def test_the_cell_after_a_success_works_as_before(outputs) -> None:
    assert outputs[5][-1].data["text/plain"] == "'still here'"
    assert "".join(output.get("text", "") for output in outputs[5]).split() == ["1", "2"]
