"""Has the workers fill a dict of the module, of which each worker has a copy.

Misconception: M11
Fails log_grep-lines: returned {}
Fails log_grep-text: returned {}
"""

import re
from concurrent.futures import ProcessPoolExecutor

found = {}


def grep(path, pattern):
    try:
        with open(path, encoding="utf-8") as file:
            found[path] = [(n, line.rstrip("\n")) for n, line in enumerate(file, 1) if re.search(pattern, line)]
    except (OSError, UnicodeDecodeError) as error:
        raise OSError(f"cannot read {path}") from error


def log_grep(paths, pattern, workers):
    with ProcessPoolExecutor(workers) as pool:
        for future in [pool.submit(grep, path, pattern) for path in paths]:
            future.result()
    return found
