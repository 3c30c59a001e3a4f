"""Counts the matches and not the lines.

Misconception: the number of a match is the number of its line
Fails log_grep-lines: [(1, 'error: disk full'), (2, 'error: 42')]
Fails log_grep-text: (2, 'last error 99')]
"""

import re
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat


def grep(path, pattern):
    try:
        with open(path, encoding="utf-8") as file:
            matching = [line.rstrip("\n") for line in file if re.search(pattern, line)]
    except (OSError, UnicodeDecodeError) as error:
        raise OSError(f"cannot read {path}") from error
    return list(enumerate(matching, 1))


def log_grep(paths, pattern, workers):
    with ProcessPoolExecutor(workers) as pool:
        return dict(zip(paths, pool.map(grep, paths, repeat(pattern))))
