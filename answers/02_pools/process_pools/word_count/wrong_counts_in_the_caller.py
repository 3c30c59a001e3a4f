"""Counts in the calling process alone.

Misconception: a pool does something by being there
Fails word_count-in_workers: was opened in the calling process
Fails word_count-counts_back: no worker process ever received one of the inputs
"""

from collections import Counter
from concurrent.futures import ProcessPoolExecutor


def word_count(paths, workers):
    total = Counter()
    with ProcessPoolExecutor(workers):
        for path in paths:
            with open(path, encoding="utf-8") as file:
                total.update(file.read().lower().split())
    return total
