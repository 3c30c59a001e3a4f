"""Right answers in odd company: they deserve full marks."""

from __future__ import annotations

from tests.grading.hostile.samples import FULL, Desk, Sample, right


def _around(name: str, before: str = "", after: str = "", **more: object) -> Sample:
    """One whose answers begin and end with this code, in their own cells."""

    def make(desk: Desk) -> dict[str, bytes]:
        answers = {
            exercise: code if code.startswith("%%") else f"{before}\n{code}\n{after}"
            for exercise, code in desk.right.items()
        }
        return desk.files(desk.book(answers=answers))

    return Sample(name, make, FULL, **more)


_CALLS_GATE = """
from concurrent.futures import ThreadPoolExecutor


def fetch_all(urls, fetch, workers):
    with ThreadPoolExecutor(workers) as pages:
        return call(pages, fetch, urls)


def call(pool, *arguments):
    return gate(pool.map(*arguments))


def gate(pages):
    return list(pages)
"""


def _helped_by_names_of_tests(desk: Desk) -> dict[str, bytes]:
    """The answer to one exercise calls functions whose names are those of what its tests make and import."""
    answers = dict(desk.right)
    if "fetch_all" in answers:
        answers["fetch_all"] = _CALLS_GATE
    return desk.files(desk.book(answers=answers))


SAMPLES = [
    right("prints to stderr", "import sys\nprint('careful', file=sys.stderr)", quick=True),
    _around("prints to stderr in every answer", "import sys", "print('careful', file=sys.stderr)"),
    _around("warns", "import warnings\nwarnings.simplefilter('always')", "warnings.warn('careful')", quick=True),
    right("warnings that are errors", "import warnings\nwarnings.simplefilter('error')", at=-1),
    _around("logs", "import logging\nlogging.basicConfig(level=0, force=True)", "logging.error('careful')", quick=True),
    right(
        "logs everything",
        "import logging\nlogging.getLogger().setLevel(0)\nlogging.getLogger().addHandler(logging.StreamHandler())",
    ),
    right("patched by gevent", "from gevent import monkey\nmonkey.patch_socket()\nmonkey.patch_ssl()"),
    right(
        "patched by gevent, all but threads",
        "from gevent import monkey\nmonkey.patch_all(thread=False, queue=False)",
        withheld=True,
        deserves=FULL,
    ),
    right("nest_asyncio", "import nest_asyncio\nnest_asyncio.apply()", quick=True),
    right(
        "nest_asyncio, and a run in a run",
        "import asyncio, nest_asyncio\nnest_asyncio.apply()\nasyncio.run(asyncio.sleep(0))",
    ),
    right("a run in the running loop", "import asyncio\nasyncio.run(asyncio.sleep(0))"),
    right(
        "a closed loop left behind",
        "import asyncio\nloop = asyncio.new_event_loop()\nasyncio.set_event_loop(loop)\nloop.close()",
        quick=True,
    ),
    right("tasks left running", "import asyncio\ntasks = [asyncio.create_task(asyncio.sleep(600)) for _ in range(20)]"),
    right("a coroutine that nobody awaits", "import asyncio\nasyncio.sleep(1)"),
    right(
        "threads left running",
        "import threading\nfor _ in range(20):\n    threading.Thread(target=threading.Event().wait).start()",
        quick=True,
    ),
    right("a thread that raises", "import threading\nthreading.Thread(target=lambda: 1 / 0).start()"),
    right(
        "a thread that prints for ever",
        "import threading, time\ndef tick():\n    while True:\n        print('tick')\n        time.sleep(0.05)\n"
        "threading.Thread(target=tick, daemon=True).start()",
    ),
    right(
        "a pool left open",
        "from concurrent.futures import ThreadPoolExecutor\npool = ThreadPoolExecutor(3)\npool.submit(print, 'x')",
    ),
    right(
        "processes left running",
        "import multiprocessing, time\nfor _ in range(3):\n"
        "    multiprocessing.get_context('fork').Process(target=time.sleep, args=(600,)).start()",
    ),
    right("a program left running", "import subprocess\nsubprocess.Popen(['sleep', '600'])"),
    right("sys.exit in a cell of its own", "import sys\nsys.exit()", "x = 1", quick=True),
    right("exit and quit", "exit()", "quit"),
    right("raise SystemExit and KeyboardInterrupt", "raise SystemExit(3)", "raise KeyboardInterrupt"),
    right(
        "raise GeneratorExit and a BaseException of its own",
        "raise GeneratorExit",
        "class Mine(BaseException): pass\nraise Mine",
    ),
    right("pictures", "import matplotlib.pyplot as plt\nplt.plot([1, 2, 3])\nplt.show()\nplt.figure()", quick=True),
    right("own cells that fail", "1 / 0", "nothing", "def (", "assert False", "raise NotImplementedError", quick=True),
    right("prints without an end of line", "print('no end', end='')", "import sys\nsys.stdout.write('x')"),
    right(
        "own magics",
        "from IPython.core.magic import register_line_magic, register_cell_magic\n@register_line_magic\n"
        "def mine(line): return line\n"
        "@register_cell_magic\ndef whole(line, cell): print(cell)",
        "%mine 3",
        "%%whole\nx = 7",
        quick=True,
    ),
    right(
        "magics of IPython",
        "%time x = 1",
        "%%timeit -n 1 -r 1\npass",
        "%matplotlib inline",
        "!echo hello",
        "%%bash\necho x",
        "%%capture\nprint('x')",
        "?print",
        "%whos",
        "%cd /tmp",
        "%pwd",
    ),
    right(
        "the timeline",
        "%load_ext autograder.timeline",
        "%%timeline\nimport threading\nthreading.Thread(target=print).start()",
        quick=True,
    ),
    right("print replaced", "import builtins\nbuiltins.print = lambda *args, **kwargs: None", quick=True),
    right("print and input replaced in the notebook", "def print(*args): pass\ninput = lambda *args: '3'"),
    right(
        "names of built-ins used", "list = dict = str = len = sorted = range = max = min = None\nid = type = 7", at=-1
    ),
    right("names of built-ins used first, and deleted again", "list = 3\nsum = 4", "del list, sum"),
    right("a folder of its own", "import os\nos.makedirs('data', exist_ok=True)\nos.chdir('data')"),
    right(
        "files of its own", "open('notes.txt', 'w').write('x' * 1000)", "%%writefile helper.py\nx = 1", "import helper"
    ),
    right("an environment of its own", "import os\nos.environ.clear()\nos.environ['LANG'] = 'xx'"),
    right("sys.path of its own", "import sys\nsys.path.insert(0, '.')\nsys.path.append('/nowhere')"),
    right("limits of recursion", "import sys\nsys.setrecursionlimit(5000)"),
    right("a switch interval of its own", "import sys\nsys.setswitchinterval(0.001)"),
    right("collects its garbage by hand", "import gc\ngc.disable()\ngc.collect()\ngc.set_debug(0)"),
    right(
        "signals of its own",
        "import signal\nsignal.signal(signal.SIGTERM, lambda *a: None)\nsignal.signal(signal.SIGCHLD, signal.SIG_DFL)",
    ),
    right("start method spawn", "import multiprocessing\nmultiprocessing.set_start_method('spawn', force=True)"),
    right("random seeds and the clock", "import random, time\nrandom.seed(1)\nstart = time.time()\ntime.sleep(0.1)"),
    right("a debugger left in", "import pdb\npdb.set_trace()"),
    right("breakpoint left in", "breakpoint()"),
    right("tracebacks of its own", "%xmode Minimal", "import sys\nsys.tracebacklimit = 0"),
    right("pretty printing off", "%pprint", "%precision 3", "get_ipython().ast_node_interactivity = 'all'"),
    right("autoreload", "%load_ext autoreload", "%autoreload 2"),
    right("many outputs", "for n in range(300):\n    display(n)", "for n in range(3000):\n    print(n)"),
    right(
        "clears its output", "from IPython.display import clear_output\nprint('x')\nclear_output(wait=True)\nprint('y')"
    ),
    right(
        "updates a display",
        "from IPython.display import display\nhandle = display('x', display_id=True)\nhandle.update('y')",
    ),
    right(
        "displays what no notebook can hold",
        "display({'text/plain': 5}, raw=True)\nhandle = display('x', display_id=True)",
        "handle.update({'text/plain': None}, raw=True)",
        "deep = {}\nfor _ in range(800):\n    deep = {'deeper': deep}",
        "display({'application/json': deep}, raw=True)\ndisplay({'text/plain': 'x'}, metadata=deep, raw=True)",
        quick=True,
    ),
    right("asks for the debugger", "%pdb on", quick=True),
    right("no streams to print to", "import sys\nsys.stdout = sys.stderr = None", quick=True),
    Sample(
        "a byte order mark before each answer",
        lambda desk: desk.files(desk.book(answers={name: f"\ufeff{code}" for name, code in desk.right.items()})),
        FULL,
    ),
    right("widgets that are not there", "import ipywidgets"),
    right("types checked", "from __future__ import annotations\nx: int = 3"),
    right(
        "dataclasses and classes of its own with odd names",
        "class CheckFailed(Exception): pass\nclass Gate: pass\nclass student: pass\ncall = 7\nproof = 8",
        at=-1,
    ),
    Sample("helpers that have the names of a test's own things", _helped_by_names_of_tests, FULL, quick=True),
    _around(
        "the same names as the tests use",
        "from concurrent.futures import ThreadPoolExecutor",
        "pages = gate = call = error = None",
    ),
    right(
        "a trace function of its own, and gone again", "import sys\nsys.settrace(lambda *a: None)\nsys.settrace(None)"
    ),
    right("a profile of a call", "%prun -q sum(range(10))"),
    right("looks at its own frames", "import inspect\nprint(inspect.stack()[0].function, inspect.currentframe())"),
    right("a notebook inside", "%notebook x.ipynb"),
    right("await at the top", "import asyncio\nawait asyncio.sleep(0)\nasync with asyncio.timeout(1): pass"),
    right("a docstring in Chinese and a name too", "变量 = '线程池'\nprint(变量, '🧵')"),
]
