"""Returns a list of pairs and not a dict.

Misconception: pairs are a dict
Fails log_grep-lines: (4, 'error: 42')]), (
Fails log_grep-text: (6, 'last error 99')])]
Fails log_grep-arguments: returned []
"""

import re
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat


def grep(path, pattern):
    try:
        with open(path, encoding="utf-8") as file:
            return [(n, line.rstrip("\n")) for n, line in enumerate(file, 1) if re.search(pattern, line)]
    except (OSError, UnicodeDecodeError) as error:
        raise OSError(f"cannot read {path}") from error


def log_grep(paths, pattern, workers):
    with ProcessPoolExecutor(workers) as pool:
        return list(zip(paths, pool.map(grep, paths, repeat(pattern))))
