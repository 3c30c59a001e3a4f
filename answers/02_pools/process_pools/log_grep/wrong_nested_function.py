"""Gives a function to the pool that is defined inside another one.

Misconception: M10
Fails log_grep-lines: finds a function by its module and name
Fails log_grep-in_workers: finds a function by its module and name
Fails log_grep-text: finds a function by its module and name
Fails log_grep-unreadable: local object
"""

import re
from concurrent.futures import ProcessPoolExecutor


def log_grep(paths, pattern, workers):
    def grep(path):
        with open(path, encoding="utf-8") as file:
            return [(n, line.rstrip("\n")) for n, line in enumerate(file, 1) if re.search(pattern, line)]

    with ProcessPoolExecutor(workers) as pool:
        return dict(zip(paths, pool.map(grep, paths)))
