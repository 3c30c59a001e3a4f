"""Gives a lambda to the pool that fixes the pattern.

Misconception: M10
Fails log_grep-lines: finds a function by its module and name
Fails log_grep-in_workers: finds a function by its module and name
Fails log_grep-text: finds a function by its module and name
Fails log_grep-unreadable: local object
"""

import re
from multiprocessing import Pool


def grep(path, pattern):
    try:
        with open(path, encoding="utf-8") as file:
            return [(n, line.rstrip("\n")) for n, line in enumerate(file, 1) if re.search(pattern, line)]
    except (OSError, UnicodeDecodeError) as error:
        raise OSError(f"cannot read {path}") from error


def log_grep(paths, pattern, workers):
    with Pool(workers) as pool:
        return dict(zip(paths, pool.map(lambda path: grep(path, pattern), paths)))
