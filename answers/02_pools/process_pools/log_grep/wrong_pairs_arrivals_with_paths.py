"""Pairs the paths, in their order, with the results, in the order in which they arrive.

Misconception: M6, M29
Fails log_grep-lines: [(2, 'error: disk full'), (4, 'error: 42')]}
"""

import re
from concurrent.futures import ProcessPoolExecutor, as_completed


def grep(path, pattern):
    try:
        with open(path, encoding="utf-8") as file:
            return [(n, line.rstrip("\n")) for n, line in enumerate(file, 1) if re.search(pattern, line)]
    except (OSError, UnicodeDecodeError) as error:
        raise OSError(f"cannot read {path}") from error


def log_grep(paths, pattern, workers):
    with ProcessPoolExecutor(workers) as pool:
        arrivals = as_completed([pool.submit(grep, path, pattern) for path in paths])
        return {path: arrival.result() for path, arrival in zip(paths, arrivals)}
