"""Passes over the bytes that are not UTF-8.

Misconception: M4
Fails log_grep-unreadable: Exception reaches the caller
"""

import re
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat


def grep(path, pattern):
    with open(path, encoding="utf-8", errors="replace") as file:
        return [(n, line.rstrip("\n")) for n, line in enumerate(file, 1) if re.search(pattern, line)]


def log_grep(paths, pattern, workers):
    with ProcessPoolExecutor(workers) as pool:
        return dict(zip(paths, pool.map(grep, paths, repeat(pattern))))
