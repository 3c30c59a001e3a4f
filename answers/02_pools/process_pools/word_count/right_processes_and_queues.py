"""Makes its own processes; each adds up the files that it gets and sends one counter back when there are no more."""

import multiprocessing
from collections import Counter


def work(jobs, results):
    counts = Counter()
    try:
        for path in iter(jobs.get, None):
            with open(path, encoding="utf-8") as file:
                counts.update(file.read().lower().split())
    except Exception as error:
        results.put(error)
    else:
        results.put(counts)


def word_count(paths, workers):
    if workers < 1:
        raise ValueError("workers must be at least 1")
    jobs, results = multiprocessing.SimpleQueue(), multiprocessing.SimpleQueue()
    processes = [multiprocessing.Process(target=work, args=(jobs, results)) for _ in range(workers)]
    for process in processes:
        process.start()
    for path in paths:
        jobs.put(path)
    for _ in processes:
        jobs.put(None)
    answers = [results.get() for _ in processes]
    for process in processes:
        process.join()
    for answer in answers:
        if isinstance(answer, Exception):
            raise answer
    return sum(answers, Counter())
