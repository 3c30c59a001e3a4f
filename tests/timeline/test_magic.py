"""`%%timeline` in a real kernel: what a cell does by itself is recorded, and nothing of it stays in the kernel."""

from __future__ import annotations

from textwrap import dedent

import nbformat
import pytest
from nbclient import NotebookClient

CELLS = {
    "load": "%load_ext autograder.timeline",
    "before": """
        import asyncio, threading, time
        from concurrent.futures import ThreadPoolExecutor, ProcessPoolExecutor
        loop = asyncio.get_running_loop()
        def hooks():
            shell = get_ipython()
            return (threading.Thread.start, ThreadPoolExecutor.submit, ProcessPoolExecutor.submit,
                    loop.get_task_factory(), list(shell.events.callbacks["post_execute"]))
        untouched = hooks()
        def seen():
            return [(event.lane, event.kind, event.label) for event in timeline.events]
    """,
    "pool": """
        %%timeline
        assert hooks() != untouched
        with ThreadPoolExecutor(1, thread_name_prefix="worker") as pool:
            results = list(pool.map(lambda word: word * 2, ["a"]))
        timeline.mark("m")
        results
    """,
    "after_pool": """
        assert hooks() == untouched and timeline.closed
        assert seen() == [("MainThread", "submitted", "a"), ("worker_0", "started", "a"), ("worker_0", "done", "a"),
                          ("MainThread", "mark", "m")], seen()
    """,
    "thread": """
        %%timeline
        class Own(threading.Thread):
            def run(self):
                timeline.mark("inside")
        thread = Own(name="mine")
        thread.start()
        thread.join()
    """,
    "after_thread": """
        assert hooks() == untouched and "run" not in vars(thread)
        assert seen() == [("mine", "started", ""), ("mine", "mark", "inside"), ("mine", "done", "")], seen()
    """,
    "tasks": """
        %%timeline
        async def fetch(name):
            await asyncio.sleep(0)
            return name
        answers = await asyncio.gather(fetch("x"), fetch("y"))
        answers
    """,
    "after_tasks": """
        assert hooks() == untouched
        lanes = {lane for lane, _, _ in seen()}
        assert len(lanes) == 2 and "MainThread" not in lanes, seen()
        kinds = [kind for _, kind, label in seen() if label == "x"]
        assert kinds == ["started", "suspended", "resumed", "done"], seen()
    """,
    "own_executor": """
        %%timeline
        with timeline.executor(ThreadPoolExecutor(1, thread_name_prefix="worker"), label="job") as pool:
            pool.submit(int).result()
    """,
    "after_own_executor": """
        assert [kind for _, kind, _ in seen()] == ["submitted", "started", "done"], seen()
    """,
    "fails": """
        %%timeline
        timeline.mark("so far")
        1 / 0
    """,
    "after_fails": """
        assert hooks() == untouched and seen() == [("MainThread", "mark", "so far")], seen()
    """,
    "argument": """
        %%timeline nicely
        1 / 0
    """,
    "lasting": """
        %%timeline
        go = threading.Event()
        thread = threading.Thread(target=go.wait, name="lasting")
        thread.start()
    """,
    "after_lasting": """
        go.set()
        thread.join()
        assert seen() == [("lasting", "started", "")], seen()
        assert hooks() == untouched
    """,
    "child": """
        %%timeline
        import multiprocessing
        def put(queue):
            queue.put("a")
        if "fork" in multiprocessing.get_all_start_methods():
            context = multiprocessing.get_context("fork")
            queue = context.Queue()
            child = context.Process(target=timeline.job(put, "put"), args=(queue,), name="child")
            child.start()
            child.join()
    """,
    "after_child": """
        assert {lane for lane, _, _ in seen()} <= {"child"}, seen()
    """,
    "unload": """
        %unload_ext autograder.timeline
        %load_ext autograder.timeline
        %unload_ext autograder.timeline
    """,
    "after_unload": """
        assert "timeline" not in get_ipython().magics_manager.magics["line"]
        assert not any("timeline" in type(one).__module__ for one in get_ipython().input_transformers_cleanup)
    """,
}


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list]:
    """The outputs of the cells, run one after the other in one kernel."""
    cells = [nbformat.v4.new_code_cell(dedent(source).strip()) for source in CELLS.values()]
    notebook = nbformat.v4.new_notebook(cells=cells)
    folder = str(tmp_path_factory.mktemp("notebook"))
    NotebookClient(notebook, allow_errors=True, resources={"metadata": {"path": folder}}).execute()
    return dict(zip(CELLS, [cell.outputs for cell in notebook.cells], strict=True))


def errors(outputs: list) -> list[str]:
    return [output.ename for output in outputs if output.output_type == "error"]


@pytest.mark.parametrize("name", [name for name in CELLS if name not in ("fails", "argument")])
def test_the_cell_does_what_it_says(outputs, name):
    assert not [output.get("evalue") for output in outputs[name] if output.output_type == "error"]
    assert not [output.text for output in outputs[name] if output.output_type == "stream"]


@pytest.mark.parametrize("name", ["pool", "thread", "tasks", "own_executor", "fails", "lasting"])
def test_a_recorded_cell_shows_one_picture(outputs, name):
    pictures = [output for output in outputs[name] if "image/png" in output.get("data", {})]
    assert len(pictures) == 1
    assert "|" in pictures[0].data["text/plain"] or "*" in pictures[0].data["text/plain"]
    assert pictures[0].metadata["image/png"]["alt"] == pictures[0].data["text/plain"]


@pytest.mark.parametrize(("name", "value"), [("pool", "['aa']"), ("tasks", "['x', 'y']")])
def test_the_value_of_the_last_line_is_shown_as_without_the_magic(outputs, name, value):
    results = [output.data["text/plain"] for output in outputs[name] if output.output_type == "execute_result"]
    assert results == [value]


def test_a_cell_that_fails_fails(outputs):
    assert errors(outputs["fails"]) == ["ZeroDivisionError"]


def test_an_argument_is_refused_before_anything_runs(outputs):
    text = "".join(output.get("text", "") for output in outputs["argument"])
    assert "UsageError: %%timeline was given 'nicely': expected nothing else on its line" in text
    assert "ZeroDivisionError" not in errors(outputs["argument"])
