"""Submissions that end, stop or stifle something: themselves, the room, the grader, the machine.

Most of them hold right answers besides, which deserve their marks all the same: what a cell breaks costs that cell.
"""

from __future__ import annotations

from tests.grading.hostile.samples import FULL, NOTHING, Sample, forging, right

_FORKS = """
import os
try:
    while True:
        os.fork()
except OSError:
    pass
while True:
    pass
"""


def _function(name: str, body: str, **more: object) -> Sample:
    """One whose functions do this whenever they are called: the tests that call them fail, the others pass."""
    code = f"def answer(*args):\n    {body}\nfetch_all = fetch_report = first_match = answer"
    return forging(name, code, **more)


SAMPLES = [
    right("os._exit(0) in a cell", "import os\nos._exit(0)", quick=True),
    right("os._exit(1) in five cells", *["import os\nos._exit(1)"] * 5),
    right("os.abort in a cell", "import os\nos.abort()"),
    right("kill -9 of itself", "import os\nos.kill(os.getpid(), 9)"),
    right("kill -9 of its parent", "import os\nos.kill(os.getppid(), 9)", quick=True),
    right("kill -9 of process 1", "import os\nos.kill(1, 9)"),
    right("kill -9 of everybody", "import os\nos.kill(-1, 9)", quick=True),
    right("kill -9 of its process group", "import os\nos.killpg(0, 9)"),
    right("every signal to everybody", "import os\nfor number in range(1, 65):\n    os.kill(-1, number)"),
    right(
        "every signal to process 1 and its parent",
        "import os\nfor number in range(1, 65):\n    for pid in (1, os.getppid()):\n        try:\n"
        "            os.kill(pid, number)\n        except OSError: pass",
    ),
    right("SIGSTOP to itself", "import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)", slow=True, quick=True),
    right("SIGSTOP to its parent", "import os, signal\nos.kill(os.getppid(), signal.SIGSTOP)"),
    right(
        "SIGSTOP to everybody", "import os, signal\nos.kill(-1, signal.SIGSTOP)\nos.kill(0, signal.SIGSTOP)", slow=True
    ),
    right("segmentation fault", "import ctypes\nctypes.string_at(0)"),
    right("an endless loop in a cell", "while True:\n    pass", slow=True, quick=True),
    right(
        "swallowed interrupts",
        "while True:\n    try:\n        while True: pass\n    except BaseException: pass",
        slow=True,
    ),
    right(
        "ignored interrupts", "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True: pass", slow=True
    ),
    right(
        "blocked signals",
        "import signal\nsignal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))\nwhile True: pass",
        slow=True,
    ),
    right("a loop in C", "import re\nre.match('(a|aa)+$', 'a' * 60 + 'b')", slow=True),
    right("a power without end", "x = 9 ** 9 ** 9", slow=True),
    right("a loop in C that holds the GIL for ever", "sum(iter(int, 1))", slow=True),
    right("a lock taken twice", "import threading\nlock = threading.Lock()\nlock.acquire()\nlock.acquire()", slow=True),
    right("input() in a cell", "x = input('name? ')"),
    right("reads stdin", "import sys, os\nprint(sys.stdin.read(), os.read(0, 10))"),
    right(
        "waits for a future that never comes",
        "import asyncio\nawait asyncio.get_running_loop().create_future()",
        slow=True,
    ),
    right("a fork bomb in a cell", _FORKS, slow=True),
    right(
        "fork bomb of orphans",
        "import os\ndef bomb():\n    while True:\n        try:\n            if os.fork() == 0:\n"
        "                os.setsid()\n        except OSError: pass\nbomb()",
        slow=True,
    ),
    right(
        "a bomb of threads",
        "import threading\nfor _ in range(5000):\n"
        "    threading.Thread(target=threading.Event().wait, daemon=True).start()",
        deserves=frozenset({"fetch_all"}),  # nobody can start a thread any more
        withheld=True,
    ),
    right(
        "orphans in sessions of their own",
        "import subprocess\nfor _ in range(20):\n"
        "    subprocess.Popen(['setsid', 'sh', '-c', '(sleep 6000 &) ; exec sleep 6000'])",
        quick=True,
    ),
    right(
        "orphans that ignore all signals",
        "import os, signal\nfor _ in range(5):\n    if os.fork() == 0:\n        os.setsid()\n"
        "        if os.fork(): os._exit(0)\n"
        "        for number in set(range(1, 65)) - {9, 19, 32, 33}: signal.signal(number, signal.SIG_IGN)\n"
        "        while True: signal.pause()",
    ),
    right(
        "double fork that keeps all descriptors",
        "import os, time\nif os.fork() == 0:\n    os.setsid()\n    if os.fork(): os._exit(0)\n    time.sleep(6000)",
    ),
    right("fills the memory", "x = bytearray(1)\nwhile True:\n    x += x", quick=True),
    right(
        "fills the memory from many processes",
        "import os, time\nfor _ in range(40):\n    if os.fork() == 0:\n        x = bytearray(b'x') * 900_000_000\n"
        "        time.sleep(60)\ntime.sleep(60)",
        slow=True,
        quick=True,
    ),
    right(
        "fills the memory with files that have no name",
        "import os\nkept = []\nfor _ in range(200):\n    kept.append(os.memfd_create('x'))\n"
        "    for _ in range(40): os.write(kept[-1], bytes(10_000_000))",
        slow=True,
    ),
    right(
        "fills /tmp",
        "with open('/tmp/big', 'wb') as file:\n    while True: file.write(b'x' * 1_000_000)",
    ),
    right(
        "fills /dev/shm and its home",
        "import os, shutil\nfor path in ('/dev/shm', os.path.expanduser('~'), os.environ['TMPDIR'], '.'):\n"
        "    try:\n        with open(path + '/big', 'wb') as file:\n"
        "            while True: file.write(b'x' * 1_000_000)\n    except OSError: pass",
    ),
    right(
        "as many files as there can be",
        "import os\nfor number in range(30_000):\n    open(f'/tmp/{number}', 'w').close()",
    ),
    right(
        "folders in folders in folders",
        "import os\nos.chdir('/tmp')\nfor number in range(2000):\n    os.mkdir('d')\n    os.chdir('d')",
    ),
    right(
        "opens all descriptors",
        "import os\nkept = []\ntry:\n    while True: kept.append(os.open('/dev/null', 0))\nexcept OSError: pass\n",
        deserves=FULL,
        at=-1,
    ),
    right("a flood on stdout", "print('x' * 20_000_000)", quick=True),
    right("a flood on descriptor 1", "import os\nfor _ in range(2000):\n    os.write(1, b'x' * 65_536)"),
    right("an endless flood of lines", "while True:\n    print('x' * 100)", slow=True),
    right(
        "an endless flood on both streams by turns",
        "import sys\nwhile True:\n    print('o', flush=True)\n    print('e', file=sys.stderr, flush=True)",
        slow=True,
    ),
    right("an endless flood of displays", "while True:\n    display({'text/plain': 'x'}, raw=True)", slow=True),
    right(
        "a flood of forged errors",
        "from autograder.grading import interpreter\nfor _ in range(500):\n"
        "    interpreter.outlet.send({'type': 'error', "
        "'content': {'ename': 'x', 'evalue': 'y' * 100_000, 'traceback': ['z' * 100_000] * 20}})",
        withheld=True,
    ),
    right(
        "one message of 100 MB",
        "from IPython.display import display\ndisplay({'text/plain': 'x' * 100_000_000}, raw=True)",
    ),
    right("an error text of 30 MB", "raise ValueError('x' * 30_000_000)"),
    right(
        "an error text that never ends",
        "class Slow(Exception):\n    def __str__(self):\n        while True: pass\nraise Slow",
        slow=True,
    ),
    right("deep recursion", "import sys\nsys.setrecursionlimit(10**9)\ndef f(): f()\nf()"),
    right("deep recursion in C", "x = []\nfor _ in range(1_000_000):\n    x = [x]\nprint(repr(x) == x)\ndel x"),
    right("deep nesting of source", "(" * 20_000 + ")" * 20_000),
    right("a cell of one long line", "x = 1" + " + 1" * 50_000),
    right("NUL and half characters", "x = '\\ud800'\nprint(x)\ny = '\x00'"),
    right("closes descriptors 0 to 2", "import os\nfor number in range(3):\n    os.close(number)", at=-1),
    right("closes descriptors 0 to 2 first", "import os\nfor number in range(3):\n    os.close(number)", withheld=True),
    right("closes all descriptors last", "import os\nos.closerange(0, 4096)", at=-1, quick=True),
    right("closes all descriptors first", "import os\nos.closerange(0, 4096)"),
    right(
        "other descriptors in the place of 0 to 2",
        "import os\nnull = os.open('/dev/null', os.O_RDWR)\nfor number in range(3):\n    os.dup2(null, number)",
    ),
    right(
        "closes the loop",
        "import asyncio\nasyncio.get_running_loop().stop()\nasyncio.get_running_loop()._closed = True",
    ),
    right("stops the loop", "import asyncio\nasyncio.get_running_loop().stop()", quick=True),
    right("cancels all tasks", "import asyncio\nfor task in asyncio.all_tasks():\n    task.cancel()", quick=True),
    right(
        "another loop in the place of the running one",
        "import asyncio\nasyncio.set_event_loop(asyncio.new_event_loop())\nasyncio.set_event_loop_policy(None)",
    ),
    right("sys.stdout replaced", "import io, sys\nsys.stdout = sys.stderr = io.StringIO()", quick=True),
    # In a kernel, too, no cell runs any more after these two.
    right("sys.stdout deleted", "import sys\ndel sys.stdout, sys.stderr, sys.__stdout__, sys.stdin", deserves=NOTHING),
    right(
        "sys.stdout that raises",
        "import sys\nclass Bad:\n    def __getattr__(self, name): raise RuntimeError('bad')\nsys.stdout = Bad()",
        deserves=NOTHING,
    ),
    right(
        "limits of process 1 lowered",
        "import resource\nfor kind in (resource.RLIMIT_FSIZE, resource.RLIMIT_NOFILE, resource.RLIMIT_CPU, "
        "resource.RLIMIT_AS, resource.RLIMIT_NPROC, resource.RLIMIT_STACK):\n"
        "    resource.prlimit(1, kind, (1, 1))",
        quick=True,
    ),
    right(
        "its own limits lowered",
        "import resource\nresource.setrlimit(resource.RLIMIT_NOFILE, (4, 4))\n"
        "resource.setrlimit(resource.RLIMIT_AS, (1000, 1000))",
        at=-1,
    ),
    right(
        "priority of everybody lowered",
        "import os\nfor pid in (1, os.getppid(), os.getpid()):\n    try:\n"
        "        os.setpriority(os.PRIO_PROCESS, pid, 19)\n        os.sched_setaffinity(pid, {0})\n"
        "    except OSError: pass",
    ),
    right("makes its folder unreadable", "import os\nos.chmod('.', 0)\nos.chmod('..', 0)", at=-1),
    right("removes its folder", "import os, shutil\nshutil.rmtree(os.getcwd(), ignore_errors=True)"),
    right("removes all that it may remove", "import shutil\nshutil.rmtree('/', ignore_errors=True)"),
    _function("stops itself in every function", "import os; os.kill(os.getpid(), 19)", slow=True),
    _function("kills its parent in every function", "import os; os.kill(os.getppid(), 9); os.kill(1, 9)"),
    _function("an endless loop in every function", "while True: pass", quick=True),
    _function("a loop in C in every function", "import re; re.match('(a|aa)+$', 'a' * 60 + 'b')", slow=True),
    _function(
        "interrupts the main thread in every function",
        "import _thread\n    while True: _thread.interrupt_main()",
        slow=True,
    ),
    _function("fork in every function", "import os; os.fork(); return 1"),
    _function("closes all descriptors in every function", "import os; os.closerange(0, 4096)"),
    _function("a flood in every function", "\n    while True: print('x' * 1000)"),
    _function("a recursion in every function", "return answer(*args)"),
]
