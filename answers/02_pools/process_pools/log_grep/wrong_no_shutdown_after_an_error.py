"""Shuts the pool down at the end, which is never reached when a file cannot be read.

Misconception: M15
Fails log_grep-unreadable: Who shuts the pool down when a job has failed?
"""

import re
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat

pools = []


def grep(path, pattern):
    try:
        with open(path, encoding="utf-8") as file:
            return [(n, line.rstrip("\n")) for n, line in enumerate(file, 1) if re.search(pattern, line)]
    except (OSError, UnicodeDecodeError) as error:
        raise OSError(f"cannot read {path}") from error


def log_grep(paths, pattern, workers):
    pool = ProcessPoolExecutor(workers)
    pools.append(pool)
    found = dict(zip(paths, pool.map(grep, paths, repeat(pattern))))
    pool.shutdown()
    return found
