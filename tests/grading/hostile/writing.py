"""Submissions that write where they should not: into the course, the gradebook, the package, what others handed in.

All of them hold right answers besides, which deserve their marks; nothing outside may be another after them.
"""

from __future__ import annotations

from tests.grading.hostile.samples import COURSE, HOME, Sample, right

_WRITE = """
import os
for path in PATHS:
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "a") as file:
            file.write("written")
    except OSError as error:
        print(error)
"""


def _writes(name: str, *paths: str, **more: object) -> Sample:
    """One that writes to these places, of which those that begin with `course/` are in the course."""
    listed = ", ".join(f"{COURSE} + {path[6:]!r}" if path.startswith("course/") else repr(path) for path in paths)
    return right(name, _WRITE.replace("PATHS", f"({listed},)"), **more)


SAMPLES = [
    _writes("writes to the source", "course/source/02_pools/thread_pools.ipynb", "course/source/02_pools/new.py"),
    _writes("writes to the release", "course/release/02_pools/thread_pools.ipynb"),
    _writes("writes to the settings", "course/nbgrader_config.py", "course/sitecustomize.py", quick=True),
    _writes("writes to what others handed in", "course/submitted/honest-first/02_pools/thread_pools.ipynb", quick=True),
    _writes("writes to what was graded", "course/autograded/honest-first/02_pools/thread_pools.ipynb"),
    _writes("writes to feedback", "course/feedback/honest-first/02_pools/thread_pools.html"),
    _writes(
        "writes to home folders",
        f"{HOME}/.ipython/profile_default/startup/00.py",
        f"{HOME}/.bashrc",
        f"{HOME}/.jupyter/nbgrader_config.py",
        "/home/.profile",
    ),
    _writes("writes to the system", "/etc/passwd", "/usr/lib/x.py", "/var/spool/cron/root", "/run/x", "/opt/x", "/x"),
    _writes(
        "writes to the machine's settings", "/proc/sys/kernel/core_pattern", "/sys/power/state", "/proc/sysrq-trigger"
    ),
    right(
        "gives itself points in the gradebook",
        f"""
        import sqlite3
        with sqlite3.connect({COURSE} + "/gradebook.db") as book:
            book.execute("update grade set auto_score = 100, manual_score = 100")
        """,
        quick=True,
    ),
    right(
        "gives itself points by nbgrader",
        f"""
        from nbgrader.api import Gradebook
        with Gradebook("sqlite:///" + {COURSE} + "/gradebook.db") as book:
            book.update_or_create_student("evil")
        """,
    ),
    right("removes the course", f"import shutil\nshutil.rmtree({COURSE})", quick=True),
    right(
        "writes into the packages that grading uses",
        """
        import sys, os, autograder, nbgrader, json
        for place in (autograder.__file__, nbgrader.__file__, json.__file__, sys.executable):
            os.chmod(place, 0o777)
            open(place, "a").write("1 / 0")
        """,
    ),
    right(
        "leaves compiled modules beside the packages",
        """
        import autograder, os, sys
        for path in [os.path.dirname(autograder.__file__), *sys.path]:
            try:
                os.makedirs(path + "/__pycache__", exist_ok=True)
                open(path + "/evil.pth", "w").write("import os; os._exit(1)")
            except OSError as error:
                print(error)
        """,
    ),
    right(
        "a link in its folder that leads out",
        f"""
        import os
        os.symlink({COURSE} + "/gradebook.db", "thread_pools.ipynb")
        os.symlink("/etc/passwd", "/tmp/link")
        open("thread_pools.ipynb", "a").write("x")
        """,
    ),
    right(
        "files whose names lead out",
        "open('../../../escape', 'w').close()\nopen('/tmp/../escape', 'w').close()",
    ),
    right(
        "files of the room's own, by other names",
        """
        import os
        for name in ("/tmp/ipython", "/tmp/1", "/tmp/2/work/json.py",
                     "/tmp/3/home/.ipython/profile_default/startup/0.py",
                     "/tmp/4/work/asyncio.py", "/tmp/ipython/profile_default/startup/0.py"):
            try:
                os.makedirs(os.path.dirname(name), exist_ok=True)
                open(name, "w").write("1 / 0")
            except OSError as error:
                print(error)
        """,
        quick=True,
    ),
    right(
        "folders of the next interpreters, made before",
        "import os\nfor number in range(200):\n    os.makedirs(f'/tmp/{number}/work', exist_ok=True)\n"
        "    os.chmod(f'/tmp/{number}', 0)",
    ),
    right(
        "a room's folder that cannot be removed",
        "import os\nos.makedirs('a/b/c')\nopen('a/b/c/d', 'w').close()\nos.chmod('a/b', 0)\nos.chmod('a', 0)\n"
        "os.chmod('.', 0o500)",
        at=-1,
    ),
]
