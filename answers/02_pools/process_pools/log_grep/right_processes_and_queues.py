"""Makes its own processes, which send matches or an exception back through a queue."""

import multiprocessing
import re


def work(jobs, results, pattern):
    while (path := jobs.get()) is not None:
        try:
            with open(path, encoding="utf-8") as file:
                lines = [line.rstrip("\n") for line in file]
            results.put((path, [(n, line) for n, line in enumerate(lines, 1) if re.search(pattern, line)], None))
        except Exception as error:
            results.put((path, None, OSError(f"{path}: {error}")))


def log_grep(paths, pattern, workers):
    if workers < 1:
        raise ValueError("workers must be at least 1")
    jobs, results = multiprocessing.SimpleQueue(), multiprocessing.SimpleQueue()
    processes = [multiprocessing.Process(target=work, args=(jobs, results, pattern)) for _ in range(workers)]
    for process in processes:
        process.start()
    for path in paths:
        jobs.put(path)
    for _ in processes:
        jobs.put(None)
    answers = [results.get() for _ in paths]
    for process in processes:
        process.join()
    for _, _, error in answers:
        if error is not None:
            raise error
    return {path: matches for path, matches, _ in answers}
