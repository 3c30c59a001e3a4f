"""Starts a process for each file, all at the same time.

Misconception: leaves the number of workers out of account
Fails word_count-in_workers: What bounds the number of
"""

from collections import Counter
from multiprocessing import Process, SimpleQueue


def count(path, results):
    try:
        with open(path, encoding="utf-8") as file:
            results.put(Counter(file.read().lower().split()))
    except Exception as error:
        results.put(error)


def word_count(paths, workers):
    if workers < 1:
        raise ValueError("workers must be at least 1")
    results = SimpleQueue()
    processes = [Process(target=count, args=(path, results)) for path in paths]
    for process in processes:
        process.start()
    answers = [results.get() for _ in processes]
    for process in processes:
        process.join()
    for answer in answers:
        if isinstance(answer, Exception):
            raise answer
    return sum(answers, Counter())
