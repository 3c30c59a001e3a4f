"""What a cell does in the interpreter that grades, it does in a Jupyter kernel: outputs, errors, loops, magics."""

from __future__ import annotations

import os
import re
from itertools import pairwise
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook, new_output

from autograder.grading.execute import execute
from autograder.grading.room import Room

SECONDS = 60

CELLS = {
    "values": "print('one')\n'two'\n{'three': [4]}",
    "nothing": "None",
    "several": "from IPython.display import HTML, Markdown\ndisplay(HTML('<b>b</b>'), Markdown('*m*'))\ndisplay(3)",
    "again": "handle = display('first', display_id='h')\nhandle.update('second')",
    "cleared": "from IPython.display import clear_output\nprint('gone')\nclear_output()\nprint('stays')",
    "streams": "import sys\nprint('out')\nprint('err', file=sys.stderr)\nsys.stdout.write('no end of line')",
    "warns": "import warnings\nwarnings.warn('careful', stacklevel=1)",
    "logs": "import logging\nlogging.warning('logged')",
    "awaits": "import asyncio\nawait asyncio.sleep(0, 'slept')",
    "loop": "loop = asyncio.get_running_loop()\nloop.is_running(), asyncio.current_task() is not None",
    "tasks": "async def work():\n    return 7\ntask = asyncio.ensure_future(work())",
    "later": "await task, loop is asyncio.get_running_loop()",
    "nested": "asleep = asyncio.sleep(0)\ntry:\n    asyncio.run(asleep)\nfinally:\n    asleep.close()",
    "gathers": "async def failing():\n    raise KeyError('t')\nawait asyncio.gather(failing(), return_exceptions=True)",
    "group": "async with asyncio.TaskGroup() as group:\n    group.create_task(failing())",
    "threads": "from threading import Thread\nthread = Thread(target=print, args=[1])\nthread.start()\nthread.join()",
    "raises_in_thread": "thread = Thread(target=lambda: 1 / 0, name='t')\nthread.start()\nthread.join()",
    "children": (
        "import multiprocessing\nchild = multiprocessing.get_context('fork').Process(target=print, args=('child',))\n"
        "child.start()\nchild.join()\nchild.exitcode"
    ),
    "shell": "!echo of a shell",
    "program": "import subprocess\nsubprocess.run(['echo', 'of a program']).returncode",
    "writes": "%%writefile written_here.py\ndef twice(n):\n    return 2 * n",
    "imports": "from written_here import twice\ntwice(4)",
    "script": "%%script {sys.executable} -\nprint('of a script')",
    "bash": "%%bash\necho of bash",
    "no_magic": "%no_such_magic",
    "captures": "%%capture kept\nprint('kept')",
    "kept": "kept.stdout",
    "history": "In[-2], _, __name__, get_ipython() is not None",
    "silent": "5 + 5;",
    "divides": "def divide(n):\n    return 1 / n\n\ndivide(0)",
    "chained": "try:\n    divide(0)\nexcept ZeroDivisionError as error:\n    raise ValueError('chained') from error",
    "syntax": "def half(:\n    pass",
    "name": "not_there",
    "recursion": "def again():\n    return again()\ntry:\n    again()\nexcept RecursionError:\n    print('deep')",
    "exits": "import sys\nsys.exit(3)",
    "interrupts": "raise KeyboardInterrupt",
    "asks": "input('name? ')",
    "rendered": "class Own(Exception):\n    def _render_traceback_(self):\n        return ['own words']\nraise Own",
    "odd_repr": "class Odd:\n    def __repr__(self):\n        raise RuntimeError('no repr')\nOdd()",
    "html_repr": "class Page:\n    def _repr_html_(self):\n        return '<i>page</i>'\nPage()",
    "figure": "import matplotlib.pyplot as plt\nplt.plot([1, 2]);",
    "last": "'still here'",
}
# What children and programs print is read by a thread of the kernel's own: where the machine is busy, it is shown with
# the cell that follows.
LATE = {"children": "child\n", "program": "of a program\n"}


@pytest.fixture(scope="module")
def ran(tmp_path_factory) -> tuple[NotebookNode, NotebookNode]:
    """The cells after they ran in the grader's interpreter, and in a kernel."""
    notebook = new_notebook(cells=[new_code_cell(source, id=name) for name, source in CELLS.items()])
    return in_a_room(notebook), in_a_kernel(notebook, tmp_path_factory.mktemp("kernel"))


def in_a_room(notebook: NotebookNode) -> NotebookNode:
    with Room() as room:
        return execute(notebook, room, timeout=SECONDS).notebook


def in_a_kernel(notebook: NotebookNode, folder: Path) -> NotebookNode:
    notebook = nbformat.from_dict(notebook)
    client = NotebookClient(notebook, timeout=SECONDS, allow_errors=True, resources={"metadata": {"path": str(folder)}})
    # With these variables ipykernel is another one than a reader has.
    client.execute(env={name: value for name, value in os.environ.items() if name != "PYTEST_CURRENT_TEST"})
    for cell, following in pairwise(notebook.cells):
        if late := LATE.get(cell.id):
            for output in [each for each in following.outputs if each.get("text", "").startswith(late)]:
                output.text = output.text.removeprefix(late)
                cell.outputs.insert(0, new_output("stream", name="stdout", text=late))
    return notebook


@pytest.mark.parametrize("name", CELLS)
def test_a_cell_shows_the_same(ran, name):
    room, kernel = (next(cell for cell in notebook.cells if cell.id == name) for notebook in ran)
    assert shown(room) == shown(kernel)
    assert room.execution_count == kernel.execution_count


def shown(cell: NotebookNode) -> list[object]:
    """What a reader sees, without colours, and without what differs from process to process."""
    streams: dict[str, str] = {}
    rest: list[object] = []
    for output in cell.outputs:
        if output.output_type == "stream":
            streams[output.name] = streams.get(output.name, "") + plain(output.text)
        elif output.output_type == "error":
            rest.append((output.ename, plain(output.evalue), plain("\n".join(output.traceback))))
        else:
            rest.append((output.output_type, {kind: plain(text) for kind, text in output.data.items()}))
    return [streams, *rest]


def plain(text: str) -> str:
    text = re.sub(r"\x1b\[[0-9;]*m", "", text).replace(str(Path.home()), "~")
    text = re.sub(r"/\S*/(ipykernel_)?\d+(/\d+)?\.py|<ipython-input-[^>]*>", "CELL", text)
    text = re.sub(r"(?<=at )0x[0-9a-f]+|-{5,}|(?<=pid=)\d+", "", text)
    return text if len(text) < 5_000 else "long"
