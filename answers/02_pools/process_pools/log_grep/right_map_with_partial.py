"""Fixes the pattern with `partial` and reads each file line by line in the worker."""

import functools
import re
from concurrent.futures import ProcessPoolExecutor


def search(pattern, path):
    matches = []
    try:
        with open(path, encoding="utf-8") as file:
            for number, line in enumerate(file, start=1):
                line = line.removesuffix("\n")
                if re.search(pattern, line):
                    matches.append((number, line))
    except (OSError, ValueError) as error:
        raise RuntimeError(f"{path}: {error}") from error
    return matches


def log_grep(paths, pattern, workers):
    with ProcessPoolExecutor(max_workers=workers) as pool:
        results = pool.map(functools.partial(search, pattern), paths)
        return {path: matches for path, matches in zip(paths, results)}
