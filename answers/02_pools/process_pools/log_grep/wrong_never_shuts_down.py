"""Keeps its pool for ever.

Misconception: M3
Fails log_grep-in_workers: Who shuts the pool down and waits for it?
Fails log_grep-unreadable: Who shuts the pool down when a job has failed?
"""

import re
from concurrent.futures import ProcessPoolExecutor

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
    futures = {path: pool.submit(grep, path, pattern) for path in paths}
    return {path: future.result() for path, future in futures.items()}
