"""Starts a process for each file, all at the same time.

Misconception: leaves the number of workers out of account
Fails log_grep-in_workers: What bounds the number of
"""

import re
from multiprocessing import Process, SimpleQueue


def grep(path, pattern, results):
    try:
        with open(path, encoding="utf-8") as file:
            results.put((path, [(n, line.rstrip("\n")) for n, line in enumerate(file, 1) if re.search(pattern, line)]))
    except (OSError, UnicodeDecodeError):
        results.put((path, OSError(f"cannot read {path}")))


def log_grep(paths, pattern, workers):
    if workers < 1:
        raise ValueError("workers must be at least 1")
    results = SimpleQueue()
    processes = [Process(target=grep, args=(path, pattern, results)) for path in paths]
    for process in processes:
        process.start()
    answers = dict(results.get() for _ in processes)
    for process in processes:
        process.join()
    for answer in answers.values():
        if isinstance(answer, OSError):
            raise answer
    return answers
