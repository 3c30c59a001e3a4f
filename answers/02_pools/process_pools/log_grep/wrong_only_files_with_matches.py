"""Leaves out the files in which nothing was found.

Misconception: absent is the same as empty
Fails log_grep-lines: [(2, 'error: disk full'), (4, 'error: 42')]}
"""

import re
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat


def grep(path, pattern):
    try:
        with open(path, encoding="utf-8") as file:
            return [(n, line.rstrip("\n")) for n, line in enumerate(file, 1) if re.search(pattern, line)]
    except (OSError, UnicodeDecodeError) as error:
        raise OSError(f"cannot read {path}") from error


def log_grep(paths, pattern, workers):
    with ProcessPoolExecutor(workers) as pool:
        return {path: found for path, found in zip(paths, pool.map(grep, paths, repeat(pattern))) if found}
