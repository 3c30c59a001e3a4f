"""Looks for the pattern as plain text.

Misconception: a pattern is the text that it finds
Fails log_grep-lines: .log': [], '
Fails log_grep-text: .log': []}
"""

from concurrent.futures import ProcessPoolExecutor
from itertools import repeat


def grep(path, pattern):
    try:
        with open(path, encoding="utf-8") as file:
            return [(n, line.rstrip("\n")) for n, line in enumerate(file, 1) if pattern in line]
    except (OSError, UnicodeDecodeError) as error:
        raise OSError(f"cannot read {path}") from error


def log_grep(paths, pattern, workers):
    with ProcessPoolExecutor(workers) as pool:
        return dict(zip(paths, pool.map(grep, paths, repeat(pattern))))
