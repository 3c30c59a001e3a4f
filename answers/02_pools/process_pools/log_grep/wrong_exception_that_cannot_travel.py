"""Raises an exception whose class wants two arguments: it cannot be made again in the calling process.

Misconception: every object can be sent between processes
Fails log_grep-unreadable: BrokenProcessPool
"""

import re
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat


class Unreadable(Exception):
    def __init__(self, path, reason):
        super().__init__(f"cannot read {path}: {reason}")
        self.path = path


def grep(path, pattern):
    try:
        with open(path, encoding="utf-8") as file:
            return [(n, line.rstrip("\n")) for n, line in enumerate(file, 1) if re.search(pattern, line)]
    except (OSError, UnicodeDecodeError) as error:
        raise Unreadable(path, error) from error


def log_grep(paths, pattern, workers):
    with ProcessPoolExecutor(workers) as pool:
        return dict(zip(paths, pool.map(grep, paths, repeat(pattern))))
