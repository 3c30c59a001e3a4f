"""Cuts the last character off each line, which is no line ending where the file ends without one.

Misconception: each line ends with a line ending
Fails log_grep-text: (6, 'last error 9')]
"""

import re
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat


def grep(path, pattern):
    try:
        with open(path, encoding="utf-8") as file:
            return [(n, line[:-1]) for n, line in enumerate(file, 1) if re.search(pattern, line)]
    except (OSError, UnicodeDecodeError) as error:
        raise OSError(f"cannot read {path}") from error


def log_grep(paths, pattern, workers):
    with ProcessPoolExecutor(workers) as pool:
        return dict(zip(paths, pool.map(grep, paths, repeat(pattern))))
