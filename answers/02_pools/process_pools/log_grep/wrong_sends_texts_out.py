"""Reads the files in the calling process and sends their texts to the workers.

Misconception: whole texts are sent to the workers
Fails log_grep-in_workers: was opened in the calling process
"""

import re
from concurrent.futures import ProcessPoolExecutor


def grep(text, pattern):
    return [(n, line) for n, line in enumerate(text.splitlines(), 1) if re.search(pattern, line)]


def read(path):
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except (OSError, UnicodeDecodeError) as error:
        raise OSError(f"cannot read {path}") from error


def log_grep(paths, pattern, workers):
    texts = map(read, paths)
    with ProcessPoolExecutor(workers) as pool:
        futures = {path: pool.submit(grep, text, pattern) for path, text in zip(paths, texts)}
        return {path: future.result() for path, future in futures.items()}
