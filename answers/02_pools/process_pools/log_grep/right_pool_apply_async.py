"""Uses `apply_async` of `multiprocessing.Pool`; each job answers with matches or with the error as text."""

import multiprocessing
import re


def job(path, pattern):
    try:
        with open(path, encoding="utf-8") as file:
            lines = file.readlines()
    except Exception as error:
        return None, f"{path}: {error}"
    if lines and lines[-1].endswith("\n"):
        lines[-1] = lines[-1][:-1]
    lines = [line[:-1] if line.endswith("\n") else line for line in lines]
    return [pair for pair in enumerate(lines, 1) if re.search(pattern, pair[1])], None


def log_grep(paths, pattern, workers):
    report = {}
    with multiprocessing.Pool(workers) as pool:
        handles = [(path, pool.apply_async(job, args=(path, pattern))) for path in paths]
        for path, handle in handles:
            matches, problem = handle.get()
            if problem:
                raise OSError(problem)
            report[path] = matches
    return report
