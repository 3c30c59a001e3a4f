"""Submissions that look where they should not, and tell: at the course, other people's work, hidden tests, the machine.

None of them answers an exercise. What a hidden test
says must be in no output, message or file.
"""

from __future__ import annotations

from tests.grading.hostile.samples import HOME, forging

_READ_ALL = """
import os
for path in {paths}:
    for folder, folders, names in os.walk(path):
        for name in names:
            try:
                print(folder, name, open(os.path.join(folder, name), errors="replace").read()[:100_000])
            except OSError as error:
                print(error)
"""

_TELLS = """
def answer(*args):
    raise ValueError(told())
fetch_all = fetch_report = first_match = answer
"""

SAMPLES = [
    forging("reads the course", _READ_ALL.replace("{paths}", "['@COURSE@']"), quick=True),
    forging(
        "reads the submissions of others", _READ_ALL.replace("{paths}", "['@COURSE@' + '/submitted', '..', '../..']")
    ),
    forging(
        "reads the gradebook",
        "import sqlite3\nprint(list(sqlite3.connect('file:' + '@COURSE@' + '/gradebook.db?mode=ro', uri=True)"
        ".execute('select * from grade')))",
    ),
    forging(
        "reads all of /tmp and the home folders",
        _READ_ALL.replace("{paths}", f"['/tmp', {HOME!r}, '/home', '/var/tmp']"),
    ),
    forging(
        "imports the source of the course",
        "import sys\nsys.path.insert(0, '@COURSE@')\nimport nbgrader_config\nprint(nbgrader_config)",
    ),
    forging(
        "reads the environment of all processes",
        "import os\nfor pid in os.listdir('/proc'):\n    if pid.isdigit():\n"
        "        for name in ('environ', 'cmdline', 'maps', 'mem'):\n"
        "            try: print(pid, name, open(f'/proc/{pid}/{name}', 'rb').read(4096))\n"
        "            except OSError as error: print(error)\nprint(os.environ)",
    ),
    forging(
        "looks at descriptors of all processes",
        "import os\nfor pid in os.listdir('/proc'):\n    try:\n        for name in os.listdir(f'/proc/{pid}/fd'):\n"
        "            print(pid, name, os.readlink(f'/proc/{pid}/fd/{name}'))\n"
        "            print(os.listdir(f'/proc/{pid}/cwd/'))\n"
        "    except OSError as error: print(error)",
    ),
    forging(
        "goes out through /proc/1/root",
        "import os\nfor pid in (1, os.getppid()):\n    print(os.listdir(f'/proc/{pid}/root/'))",
    ),
    forging(
        "asks the network",
        "import socket, urllib.request\nfor place in (('1.1.1.1', 53), ('127.0.0.1', 22), ('169.254.169.254', 80)):\n"
        "    try: print(socket.create_connection(place, 1))\n    except OSError as error: print(error)\n"
        "print(socket.getaddrinfo('example.org', 80))",
        quick=True,
    ),
    forging(
        "listens, and looks for sockets without a place on disk",
        "import socket\nserver = socket.socket(socket.AF_UNIX)\nserver.bind('\\0left')\nserver.listen()\n"
        "print(open('/proc/net/unix').read())",
    ),
    forging(
        "mounts, and makes rooms of its own",
        "import ctypes, os\nlibc = ctypes.CDLL(None, use_errno=True)\n"
        "print(libc.unshare(0x10000000), libc.mount(b'none', b'/tmp', b'tmpfs', 0, 0), libc.setuid(0), "
        "libc.chroot(b'/'))",
    ),
    forging("prints the history of inputs after all", "print(In, _ih)\nfor text in In: print(text)", at=-1, quick=True),
    forging(
        "prints the history in every function",
        "def answer(*args):\n    print(In[-1])\n    print(*In[-1].splitlines()[::-1], sep='\\n')\n"
        "fetch_all = fetch_report = first_match = answer",
        quick=True,
    ),
    forging("tells the test in the text of an error", "def told(): return In[-1]" + _TELLS, quick=True),
    forging(
        "tells the test line by line",
        "told_of = []\ndef answer(*args):\n    told_of.append(1)\n    lines = In[-1].splitlines()\n"
        "    raise KeyError(lines[len(told_of) % len(lines)], lines[-8], lines[-7], lines[-6])\n"
        "fetch_all = fetch_report = first_match = answer",
    ),
    forging(
        "returns the test",
        "def answer(*args):\n    return In[-1].splitlines()\nfetch_all = fetch_report = first_match = answer",
        quick=True,
    ),
    forging(
        "returns the test as names",
        "def answer(*args):\n    return type(In[-1].splitlines()[5], (), {})()\n"
        "fetch_all = fetch_report = first_match = answer",
    ),
    forging(
        "raises errors named like the test",
        "def answer(*args):\n    raise type(In[-1].splitlines()[6].strip(), (Exception,), {})\n"
        "fetch_all = fetch_report = first_match = answer",
    ),
    forging(
        "shows the test's lines by a traceback",
        "def answer(*args):\n    import sys, traceback\n    for frame in sys._current_frames().values():\n"
        "        traceback.print_stack(frame)\nfetch_all = fetch_report = first_match = answer",
    ),
    forging(
        "shows what the line cache holds",
        "def answer(*args):\n    import linecache\n    for name, entry in list(linecache.cache.items()):\n"
        "        if 'ipykernel' in name or '<' in name: print(''.join(entry[2]))\n"
        "fetch_all = fetch_report = first_match = answer",
    ),
    forging(
        "writes the tests to files for the next one",
        "import os\ndef answer(*args):\n    for path in ('/tmp', '/dev/shm', '.', os.path.expanduser('~'), '/var/tmp', "
        "os.environ['TMPDIR'], '/run', '/dev/mqueue'):\n        try: open(path + '/hidden', 'a').write(In[-1])\n"
        "        except OSError: pass\n"
        "fetch_all = fetch_report = first_match = answer",
        quick=True,
    ),
    forging(
        "reads what the one before has written",
        "import os\n"
        "for path in ('/tmp', '/dev/shm', '.', '/var/tmp', '/run', '/dev/mqueue', os.path.expanduser('~')):\n"
        "    try: print(open(path + '/hidden').read())\n    except OSError as error: print(error)",
    ),
    forging(
        "leaves the tests in the memory that processes share",
        """
            import ctypes
            libc = ctypes.CDLL(None, use_errno=True)
            libc.shmat.restype = ctypes.c_void_p
            libc.shmat.argtypes = [ctypes.c_int, ctypes.c_void_p, ctypes.c_int]
            def answer(*args):
                there = libc.shmat(libc.shmget(4711, 65536, 0o1666), None, 0)
                if there and there < 2 ** 63:
                    ctypes.memmove(there, In[-1].encode()[:60000], len(In[-1].encode()[:60000]))
            fetch_all = fetch_report = first_match = answer
            """.replace("\n            ", "\n"),
        quick=True,
    ),
    forging(
        "finds what was left in the memory that processes share",
        """
            import ctypes
            libc = ctypes.CDLL(None, use_errno=True)
            libc.shmat.restype = ctypes.c_void_p
            libc.shmat.argtypes = [ctypes.c_int, ctypes.c_void_p, ctypes.c_int]
            found = libc.shmget(4711, 65536, 0o666)
            there = libc.shmat(found, None, 0) if found >= 0 else None
            if there and there < 2 ** 63:
                print("LEFT BY ANOTHER", ctypes.string_at(there, 60000).decode(errors="replace"))
            """.replace("\n            ", "\n"),
        quick=True,
    ),
    forging(
        "leaves the tests in the keyring of its user",
        """
            import ctypes
            libc = ctypes.CDLL(None, use_errno=True)
            found = libc.syscall(250, 10, -4, b"user", b"left", 0)
            if found > 0:
                text = ctypes.create_string_buffer(30000)
                libc.syscall(250, 11, found, text, 30000)
                print("LEFT BY ANOTHER", text.value.decode(errors="replace"))
            def answer(*args):
                libc.syscall(248, b"user", b"left", In[-1].encode(), len(In[-1].encode()), -4)
            fetch_all = fetch_report = first_match = answer
            """.replace("\n            ", "\n"),
    ),
    forging(
        "leaves the tests in a queue of messages",
        """
            import ctypes
            libc = ctypes.CDLL(None, use_errno=True)
            found = libc.msgget(4711, 0o1666)
            text = ctypes.create_string_buffer(8192)
            if libc.msgrcv(found, text, 4000, 0, 0o4000) > 0:
                print("LEFT BY ANOTHER", text.raw[8:].decode(errors="replace"))
            def answer(*args):
                libc.msgsnd(found, b"\\1" + bytes(7) + In[-1].encode()[:4000], 4000, 0o4000)
            fetch_all = fetch_report = first_match = answer
            """.replace("\n            ", "\n"),
    ),
    forging(
        "walks the frames and prints all that it finds",
        "def answer(*args):\n    import sys\n    for frame in sys._current_frames().values():\n        while frame:\n"
        "            print({k: str(v) for k, v in frame.f_locals.items()})\n            frame = frame.f_back\n"
        "fetch_all = fetch_report = first_match = answer",
    ),
    forging(
        "a thread that prints each input",
        "import threading, time\ndef look():\n    while True:\n        print(In[-1])\n        time.sleep(0.01)\n"
        "threading.Thread(target=look, daemon=True).start()",
    ),
    forging(
        "a display that holds the test",
        "def answer(*args):\n"
        "    display({'text/html': '<pre>' + In[-1] + '</pre>', 'application/json': {'x': In[-1]}}, "
        "raw=True, metadata={'x': In[-1]})\nfetch_all = fetch_report = first_match = answer",
    ),
    forging(
        "variables named like lines of the tests",
        "def answer(*args):\n    raise NameError(In[-1], name=In[-1])\nfetch_all = fetch_report = first_match = answer",
    ),
    forging(
        "symlinks in its folder",
        "import os\nos.symlink('@COURSE@', 'course')\nprint(os.listdir('course'))\nprint(open('/etc/shadow').read())",
    ),
]
