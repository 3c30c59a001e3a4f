"""Adds the path to the exception as a note, and gives the pairs as they arrive to a dict."""

import re
from concurrent.futures import ProcessPoolExecutor, as_completed


def search(path, pattern):
    try:
        with open(path, encoding="utf-8") as file:
            return path, [(n, line.rstrip("\n")) for n, line in enumerate(file, 1) if re.search(pattern, line)]
    except UnicodeDecodeError as error:
        error.add_note(f"while reading {path}")
        raise


def log_grep(paths, pattern, workers):
    with ProcessPoolExecutor(workers) as pool:
        return dict(future.result() for future in as_completed([pool.submit(search, path, pattern) for path in paths]))
