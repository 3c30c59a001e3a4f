"""The least that grading could cost: the cells of notebooks, each notebook in a bare process forked from this one.

No kernel, no shell, no outputs, no probes: each code cell is compiled and run, and its error, if any, dropped.
Run as `python -m benchmarks.floor FILE PROCESSES`: a JSON list of lists of cells' texts, and how many of these lists at
a time; prints the seconds that all took.
"""

from __future__ import annotations

import ast
import asyncio
import importlib
import inspect
import json
import os
import shutil
import sys
import tempfile
import time
import warnings
from contextlib import suppress
from pathlib import Path

from autograder.grading.zygote import MODULES


def run(cells: list[str]) -> None:
    """Run the cells in this process, which ends with them."""
    names = vars(sys.modules["__main__"])
    for number, source in enumerate(cells):
        with suppress(BaseException):
            if source.startswith("%%writefile"):
                line, _, text = source.partition("\n")
                Path(line.split()[1]).write_text(text)
                continue
            code = compile(source, f"<ipython-input-{number}>", "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
            if code.co_flags & inspect.CO_COROUTINE:
                asyncio.run(eval(code, names))
            else:
                exec(code, names)


def main(file: str, processes: int) -> float:
    """Run all notebooks, so many `processes` at the same time; the seconds that they took."""
    notebooks = json.loads(Path(file).read_text())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name in MODULES:
            importlib.import_module(name)
    begin, running = time.perf_counter(), 0
    for cells in notebooks:
        if running == processes:
            os.wait()
            running -= 1
        if not os.fork():
            folder = tempfile.mkdtemp()
            os.chdir(folder)
            sys.path.insert(0, "")
            os.setsid()
            nothing = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nothing, 1)
            os.dup2(nothing, 2)
            run(cells)
            shutil.rmtree(folder, ignore_errors=True)
            os._exit(0)
        running += 1
    while running:
        os.wait()
        running -= 1
    return time.perf_counter() - begin


if __name__ == "__main__":
    print(main(sys.argv[1], int(sys.argv[2])))
