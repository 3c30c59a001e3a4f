"""Takes away all white space at both ends of a line.

Misconception: strip takes away the line ending only
Fails log_grep-text: [(3, 'error')]}
"""

import re
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat


def grep(path, pattern):
    try:
        with open(path, encoding="utf-8") as file:
            return [(n, line.strip()) for n, line in enumerate(file, 1) if re.search(pattern, line)]
    except (OSError, UnicodeDecodeError) as error:
        raise OSError(f"cannot read {path}") from error


def log_grep(paths, pattern, workers):
    with ProcessPoolExecutor(workers) as pool:
        return dict(zip(paths, pool.map(grep, paths, repeat(pattern))))
