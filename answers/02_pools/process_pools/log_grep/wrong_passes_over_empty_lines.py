"""Passes over empty lines, and does not count them.

Misconception: an empty line is no line
Fails log_grep-text: (4, 'last error 99')]
"""

import re
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat


def grep(path, pattern):
    try:
        with open(path, encoding="utf-8") as file:
            lines = [line.rstrip("\n") for line in file if line.strip()]
    except (OSError, UnicodeDecodeError) as error:
        raise OSError(f"cannot read {path}") from error
    return [(n, line) for n, line in enumerate(lines, 1) if re.search(pattern, line)]


def log_grep(paths, pattern, workers):
    with ProcessPoolExecutor(workers) as pool:
        return dict(zip(paths, pool.map(grep, paths, repeat(pattern))))
