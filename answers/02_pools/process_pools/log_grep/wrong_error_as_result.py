"""Has the exception in the place of the list of a file that cannot be read.

Misconception: M4
Fails log_grep-unreadable: FileNotFoundError(2, 'No such file or directory')}
"""

import re
from concurrent.futures import ProcessPoolExecutor


def grep(path, pattern):
    with open(path, encoding="utf-8") as file:
        return [(n, line.rstrip("\n")) for n, line in enumerate(file, 1) if re.search(pattern, line)]


def log_grep(paths, pattern, workers):
    with ProcessPoolExecutor(workers) as pool:
        futures = {path: pool.submit(grep, path, pattern) for path in paths}
    return {path: future.exception() or future.result() for path, future in futures.items()}
