"""Opens each file in the calling process, to see whether it can be read, before it hands it to a worker.

Misconception: the caller must look before the worker does
Fails log_grep-in_workers: was opened in the calling process
"""

import re
from concurrent.futures import ProcessPoolExecutor


def grep(path, pattern):
    with open(path, encoding="utf-8") as file:
        return [(n, line.rstrip("\n")) for n, line in enumerate(file, 1) if re.search(pattern, line)]


def log_grep(paths, pattern, workers):
    with ProcessPoolExecutor(workers) as pool:
        futures = {}
        for path in paths:
            try:
                with open(path, encoding="utf-8") as file:
                    file.read()
            except (OSError, UnicodeDecodeError):
                raise OSError(f"cannot read {path}") from None
            futures[path] = pool.submit(grep, path, pattern)
        return {path: future.result() for path, future in futures.items()}
