"""What code in a sealed room can see and do, and what it cannot."""

from __future__ import annotations

import mmap
import os
import secrets
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell, new_notebook

from autograder.errors import UserError
from autograder.grading import sandbox, zygote
from autograder.grading.execute import Execution, execute
from autograder.grading.room import Room

PROJECT = Path(__file__).parents[2]


pytestmark = pytest.mark.skipif(bool(sandbox.why_not()), reason=f"no sandbox: {sandbox.why_not()}")


@pytest.fixture(scope="module")
def room() -> Iterator[Room]:
    with Room(sealed=True) as room:
        yield room


@pytest.fixture
def run(room: Room) -> Callable[..., list[str]]:
    """Runs sources as cells; what each printed, or its error."""

    def run(*sources: str, timeout: float = 30) -> list[str]:
        cells = [new_code_cell(source, id=f"cell-{number}") for number, source in enumerate(sources)]
        execution: Execution = execute(new_notebook(cells=cells), room, timeout=timeout)
        return [
            "".join(output.get("text", output.get("evalue", "")) for output in cell.outputs).strip()
            for cell in execution.notebook.cells
        ]

    return run


def test_the_course_and_the_graders_home_are_not_there(run):
    looks = "import os\n" + "\n".join(
        f"print(os.path.exists({str(path)!r}))"
        for path in (PROJECT / "source", PROJECT / "answers", PROJECT / "README.md", PROJECT / "nbgrader_config.py")
    )
    assert run(looks) == ["False\n" * 3 + "False"]
    home = f"import os\nprint(os.path.exists(os.path.join({str(Path.home())!r}, '.bashrc')), os.environ['HOME'])"
    exists, _, folder = run(home)[0].partition(" ")
    assert exists == "False"
    assert folder.startswith("/tmp/")


def test_variables_of_the_grader_are_not_there(monkeypatch):
    monkeypatch.setenv("SECRET_OF_THE_GRADER", "1")
    with Room(sealed=True) as room:
        cells = [new_code_cell("import os\nassert 'SECRET_OF_THE_GRADER' not in os.environ", id="a")]
        assert execute(new_notebook(cells=cells), room).others["a"].passed


def test_there_is_no_network_but_the_rooms_own_loopback(run):
    code = (
        "import socket\n"
        "server = socket.create_server(('127.0.0.1', 0))\n"
        "socket.create_connection(server.getsockname()).close()\n"
        "print([name for _, name in socket.if_nameindex()])"
    )
    assert run(code) == ["['lo']"]


def test_a_notebook_sees_nothing_of_the_traffic_of_the_one_before(run):
    talks = (
        "import socket\n"
        "server = socket.create_server(('127.0.0.1', 4711))\n"
        "socket.create_connection(('127.0.0.1', 4711)).close()\n"
        "left = socket.socket(socket.AF_UNIX)\nleft.bind(chr(0) + 'left')\n"
        "print(loopback())"
    )
    looks = (
        "def loopback():\n"
        "    return next(line.split()[2] for line in open('/proc/net/dev') if 'lo:' in line)\n"
        "print(loopback(), len(open('/proc/net/tcp').readlines()))"
    )
    assert run(looks, talks)[1] != "0"
    assert run(looks) == ["0 1"]


def test_powers_over_the_own_network_are_given_up(run):
    code = (
        "import os, subprocess\n"
        "def powers(text):\n"
        "    return {line.split()[1] for line in text.splitlines() if line.startswith('Cap')}\n"
        "print(powers(open('/proc/self/status').read()))\n"
        "print(powers(subprocess.run(['cat', '/proc/self/status'], capture_output=True, text=True).stdout))"
    )
    assert run(code) == ["{'0000000000000000'}\n{'0000000000000000'}"]


def test_a_server_outside_cannot_be_reached(run):
    import socket

    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        assert "refused" in run(f"import socket\nsocket.create_connection(('127.0.0.1', {port}))")[0]


def test_nothing_but_its_own_folder_can_be_written(run):
    package = Path(sandbox.__file__).parent
    targets = [package / "execute.py", Path(sys.prefix) / "x", Path("/usr/x"), Path("/etc/x"), Path("/x")]
    said = run(*(f"open({str(target)!r}, 'a')" for target in targets))
    assert all("Read-only" in each or "Permission denied" in each for each in said), said


def test_code_runs_as_an_ordinary_user_without_powers(run):
    assert run(
        "import os\nprint(os.getuid() != 0, os.geteuid() != 0)",
        "print([line.split()[1] for line in open('/proc/self/status') if line.startswith(('CapEff', 'CapPrm'))])",
    ) == ["True True", "['0000000000000000', '0000000000000000']"]


def test_the_first_process_can_neither_be_ended_nor_read(run):
    assert run(
        "import os, signal\nfor number in (9, 19, 15, 2): os.kill(1, number)",
        "open('/proc/1/mem', 'rb')",
        "import os\nos.listdir('/proc/1/fd')",
        "print('alive')",
    )[1:] == ["[Errno 13] Permission denied: '/proc/1/mem'", "[Errno 13] Permission denied: '/proc/1/fd'", "alive"]


def test_processes_outside_are_not_seen(run):
    numbers = run("import os\nprint(sorted(int(name) for name in os.listdir('/proc') if name.isdigit()))")[0]
    assert len(numbers.split(",")) == 2


def test_what_a_notebook_leaves_is_gone_for_the_next(run):
    leave = (
        "import os, subprocess, tempfile\n"
        "open('/tmp/left', 'w').close()\nopen('/dev/shm/left', 'w').close()\n"
        "os.makedirs('/tmp/shut/shut')\nopen('/tmp/shut/shut/in', 'w').close()\n"
        "os.symlink('/usr', '/tmp/shut/usr')\nos.chmod('/tmp/shut/shut', 0)\nos.chmod('/tmp/shut', 0)\n"
        "subprocess.Popen(['setsid', 'sleep', '600'])"
    )
    look = (
        "import os\nprint({'left', 'shut'} & set(os.listdir('/tmp')), os.listdir('/dev/shm'), "
        "len([name for name in os.listdir('/proc') if name.isdigit()]))"
    )
    assert run(leave + "\nprint('left')") == ["left"]
    assert run(look) == ["set() [] 2"]


@pytest.mark.parametrize(
    ("bomb", "message"),
    [
        ("x = bytearray(1)\nwhile True: x = x + x", "MemoryError"),
        ("with open('big', 'wb') as file:\n    while True: file.write(bytes(10_000_000))", "[Errno"),
        ("import os\nwhile True: os.fork()", "Resource temporarily unavailable"),
        ("import os\nopened = []\nwhile True: opened.append(os.dup(0))", "Too many open files"),
        ("import threading\nwhile True: threading.Thread(target=threading.Event().wait).start()", "start new thread"),
    ],
    ids=["memory", "disk", "processes", "descriptors", "threads"],
)
def test_bombs_hit_a_limit_and_the_next_notebook_runs(room, run, bomb, message):
    cells = [new_code_cell(bomb, id="bomb"), new_code_cell("print('after')", id="after")]
    execution = execute(new_notebook(cells=cells), room, timeout=3)
    outcome = execution.others["bomb"]
    assert not outcome.passed
    assert message in f"{outcome.ename}: {outcome.message}" or outcome.ename in ("CellTimeout", "DeadKernel")
    assert run("print('next')") == ["next"]


def test_a_secret_of_one_notebook_is_not_in_the_memory_of_the_next(run):
    secret = secrets.token_hex(16)
    mine = f"mine = {secret!r}"
    # Looked for in two halves, so that the search does not find itself.
    search = (
        f"secret = {secret[:16]!r}.encode(), {secret[16:]!r}.encode()\n"
        "found = 0\n"
        "with open('/proc/self/maps') as maps, open('/proc/self/mem', 'rb', 0) as memory:\n"
        "    for line in maps:\n"
        "        area, mode = line.split()[:2]\n"
        "        begin, end = (int(each, 16) for each in area.split('-'))\n"
        "        if mode.startswith('rw'):\n"
        "            try:\n"
        "                memory.seek(begin)\n"
        "                found += memory.read(end - begin).count(secret[0] + secret[1])\n"
        "            except (OSError, ValueError, OverflowError):\n"
        "                pass\n"
        "print(found)"
    )
    assert int(run(mine, search)[1]) > 0
    assert int(run(search)[0]) == 0


def test_where_no_sandbox_can_be_made_one_line_says_so(monkeypatch):
    sandbox._prefix.cache_clear()
    monkeypatch.setattr(sandbox, "find_bubblewrap", lambda: None)
    with pytest.raises(UserError, match=r"bubblewrap.* is not here; install it .*--no-sandbox"):
        Room(sealed=True)
    monkeypatch.setattr(sandbox, "find_bubblewrap", lambda: "/bin/false")
    with pytest.raises(UserError, match=r"no sealed room can be made on this machine \(exit code 1\); .*--no-sandbox"):
        Room(sealed=True)
    sandbox._prefix.cache_clear()
    assert os.getcwd()


def test_memory_and_queues_that_no_process_owns_cannot_be_had(run):
    code = (
        "import ctypes, os\n"
        "libc = ctypes.CDLL(None, use_errno=True)\n"
        "for made in (lambda: libc.shmget(4711, 4096, 0o1666), lambda: libc.msgget(4711, 0o1666), "
        "lambda: libc.semget(4711, 1, 0o1666)):\n"
        "    print(made(), os.strerror(ctypes.get_errno()))\n"
        "os.memfd_create('x')"
    )
    assert run(code) == ["-1 Operation not permitted\n" * 3 + "[Errno 1] Operation not permitted"]


def test_neither_namespaces_nor_mounts_can_be_made_in_any_way(run):
    code = (
        "import ctypes, os, platform, signal\n"
        "libc = ctypes.CDLL(None, use_errno=True)\n"
        "def call(*arguments):\n"
        "    found = libc.syscall(*arguments)\n"
        "    if found == 0: os._exit(0)\n"  # the child of a clone that was made
        "    return os.strerror(ctypes.get_errno()) if found < 0 else 'done'\n"
        "clone = {'x86_64': 56, 'aarch64': 220}[platform.machine()]\n"
        "print({call(clone, 1 << bit | signal.SIGCHLD, *[None] * 4) for bit in (17, 25, 26, 27, 28, 29, 30)})\n"
        "print(call(435, (ctypes.c_uint64 * 11)(1 << 28, *[0] * 3, signal.SIGCHLD), 88))\n"
        "print({call(number, *[None] * 5) for number in (428, 429, 430, 431, 432, 433, 442, 467)})\n"
        "print(call(clone, signal.SIGCHLD, *[None] * 4))"
    )
    refused = "{'Operation not permitted'}"
    assert run(code) == [f"{refused}\nFunction not implemented\n{refused}\ndone"]


START_IN_ALL_WAYS = """
import concurrent.futures, multiprocessing, operator, os, subprocess, threading

thread = threading.Thread(target=print, args=["thread"])
thread.start()
thread.join()
print(subprocess.run(["echo", "program"], capture_output=True, text=True).stdout.strip(), os.system("exit 3") >> 8)
print(os.waitpid(os.posix_spawn("/bin/true", ["true"], {}), 0)[1])
for method in ("fork", "spawn", "forkserver"):
    with concurrent.futures.ProcessPoolExecutor(1, multiprocessing.get_context(method)) as pool:
        print(method, pool.submit(operator.add, 1, 2).result())
"""


def test_threads_and_processes_can_be_started_in_all_ways(run):
    assert run(START_IN_ALL_WAYS) == ["thread\nprogram 3\n0\nfork 3\nspawn 3\nforkserver 3"]


def test_the_first_process_keeps_its_limits_and_its_priority(run):
    lower = (
        "import resource\nresource.setrlimit(resource.RLIMIT_FSIZE, (7, 7))\nprint('own')\n"
        "resource.prlimit(1, resource.RLIMIT_FSIZE, (7, 7))"
    )
    said = run(
        lower,
        "import os\nos.nice(1)\nprint('own')\nos.setpriority(os.PRIO_USER, 0, 9)",
        "import os\nos.sched_setaffinity(0, os.sched_getaffinity(0))\nprint('own')\nos.sched_setaffinity(1, {0})",
    )
    assert said == ["own\n[Errno 1] Operation not permitted"] * 3
    assert run("import resource\nprint(resource.getrlimit(resource.RLIMIT_FSIZE)[0] > 7)") == ["True"]


def test_a_room_has_limits_on_all_its_processes_together(room, run):
    crowd = "import os, signal\nfor _ in range(80):\n    if os.fork() == 0: signal.pause()\nsignal.pause()"
    heavy = crowd.replace("80", "5").replace("== 0:", "== 0: x = b'x' * 900_000_000;")
    shared = "mmap.mmap(-1, 900_000_000); [x.write(bytes(9_000_000)) for _ in range(100)];"
    mapped = "import mmap\n" + heavy.replace("b'x' * 900_000_000;", shared)
    cells = [new_code_cell(source, id=str(number)) for number, source in enumerate((crowd, heavy, mapped))]
    restarts = execute(new_notebook(cells=cells), room, timeout=30).restarts
    memory = "more than 3,000,000,000 bytes of memory"
    assert restarts == {"0": "more than 64 processes at once", "1": memory, "2": memory}
    assert run("print('next')") == ["next"]


def test_memory_that_processes_share_counts_once():
    shared, (heard, say), (ends, end) = mmap.mmap(-1, 200_000_000), os.pipe(), os.pipe()
    children = []
    for _ in range(3):
        if not (child := os.fork()):
            os.close(end)
            for place in range(0, len(shared), mmap.PAGESIZE):
                shared[place] = 1  # maps the page in this process too
            os.write(say, b".")
            os.read(ends, 1)  # until the parent has closed it
            os._exit(0)
        children.append(child)
    try:
        for _ in children:
            os.read(heard, 1)
        assert all(zygote._own_memory(child) > len(shared) for child in children)
        assert len(shared) < sum(map(zygote._memory, children)) < 2 * len(shared) + zygote._own_memory(os.getpid())
    finally:
        for each in (end, ends, heard, say):
            os.close(each)
        for child in children:
            os.waitpid(child, 0)


def test_folders_in_folders_are_gone_for_the_next_however_deep(run):
    deep = (
        "import os\nos.chdir('/tmp')\nfor _ in range(3000):\n    os.mkdir('deep')\n    os.chdir('deep')\nprint('made')"
    )
    assert run(deep) == ["made"]
    assert run("import os\nprint(os.path.exists('/tmp/deep'))") == ["False"]


def test_rooms_of_one_grader_belong_to_different_users():
    assert len({sandbox.next_user() for _ in range(100)}) == 100


def test_a_server_can_listen_at_localhost(run):
    assert run("import socket\nsocket.create_server(('localhost', 0)).close()\nprint('fine')") == ["fine"]
