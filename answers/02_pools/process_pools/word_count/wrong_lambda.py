"""Gives a lambda to the pool.

Misconception: M10
Fails word_count-counts: finds a function by its module and name
Fails word_count-in_workers: finds a function by its module and name
Fails word_count-counts_back: finds a function by its module and name
Fails word_count-errors: finds a function by its module and name
Fails word_count-arguments: finds a function by its module and name
"""

from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path


def word_count(paths, workers):
    with ProcessPoolExecutor(workers) as pool:
        texts = pool.map(lambda path: Counter(Path(path).read_text("utf-8").lower().split()), paths)
        return sum(texts, Counter())
