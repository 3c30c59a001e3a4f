"""Gives a lambda to the pool.

Misconception: M10
Fails word_count-counts: str
"""

from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path


def word_count(paths, workers):
    with ProcessPoolExecutor(workers) as pool:
        texts = pool.map(lambda path: Counter(Path(path).read_text("utf-8").lower().split()), paths)
        return sum(texts, Counter())
