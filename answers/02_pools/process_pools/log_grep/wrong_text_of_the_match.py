"""Returns the part of the line that the pattern has found.

Misconception: a match is its line
Fails log_grep-lines: [(2, 'error: disk'), (4, 'error: 42')]
Fails log_grep-text: (6, 'error 99')]
"""

import re
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat


def grep(path, pattern):
    try:
        with open(path, encoding="utf-8") as file:
            found = [(n, re.search(pattern, line)) for n, line in enumerate(file, 1)]
    except (OSError, UnicodeDecodeError) as error:
        raise OSError(f"cannot read {path}") from error
    return [(n, match.group()) for n, match in found if match]


def log_grep(paths, pattern, workers):
    with ProcessPoolExecutor(workers) as pool:
        return dict(zip(paths, pool.map(grep, paths, repeat(pattern))))
