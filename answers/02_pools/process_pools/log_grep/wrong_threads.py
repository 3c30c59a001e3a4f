"""Searches in threads, which are all in the calling process.

Misconception: threads compute on several cores
Fails log_grep-in_workers: no worker process ever received one of the inputs
"""

import re
from concurrent.futures import ThreadPoolExecutor


def log_grep(paths, pattern, workers):
    def grep(path):
        try:
            with open(path, encoding="utf-8") as file:
                return [(n, line.rstrip("\n")) for n, line in enumerate(file, 1) if re.search(pattern, line)]
        except (OSError, UnicodeDecodeError) as error:
            raise OSError(f"cannot read {path}") from error

    with ThreadPoolExecutor(workers) as pool:
        return dict(zip(paths, pool.map(grep, paths)))
