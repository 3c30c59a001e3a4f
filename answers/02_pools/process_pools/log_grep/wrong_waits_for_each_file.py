"""Waits for the matches of each file before it hands in the next one.

Misconception: M2
Fails log_grep-in_workers: one after the other
"""

import re
from concurrent.futures import ProcessPoolExecutor


def grep(path, pattern):
    try:
        with open(path, encoding="utf-8") as file:
            return [(n, line.rstrip("\n")) for n, line in enumerate(file, 1) if re.search(pattern, line)]
    except (OSError, UnicodeDecodeError) as error:
        raise OSError(f"cannot read {path}") from error


def log_grep(paths, pattern, workers):
    found = {}
    with ProcessPoolExecutor(workers) as pool:
        for path in paths:
            found[path] = pool.submit(grep, path, pattern).result()
    return found
