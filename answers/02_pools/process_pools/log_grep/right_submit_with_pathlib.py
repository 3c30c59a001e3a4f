"""Hands each path in by `submit`; the worker reads with pathlib, and the caller names the file in the error."""

import re
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path


def find(path, pattern):
    lines = Path(path).read_text(encoding="utf-8").splitlines()
    return [(i + 1, line) for i, line in enumerate(lines) if re.search(pattern, line) is not None]


def log_grep(paths, pattern, workers):
    found = {}
    with ProcessPoolExecutor(workers) as pool:
        futures = {path: pool.submit(find, path, pattern) for path in paths}
        for path, future in futures.items():
            try:
                found[path] = future.result()
            except Exception as error:
                raise OSError(f"could not search {path!r}") from error
    return found
