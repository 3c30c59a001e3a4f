"""Lets every exception through as it is: that of a file which is no text does not say which file.

Misconception: every exception names its file
Fails log_grep-unreadable: raised UnicodeDecodeError with the text
"""

import re
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat


def grep(path, pattern):
    with open(path, encoding="utf-8") as file:
        return [(n, line.rstrip("\n")) for n, line in enumerate(file, 1) if re.search(pattern, line)]


def log_grep(paths, pattern, workers):
    with ProcessPoolExecutor(workers) as pool:
        return dict(zip(paths, pool.map(grep, paths, repeat(pattern))))
