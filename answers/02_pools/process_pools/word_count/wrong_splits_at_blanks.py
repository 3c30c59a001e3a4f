"""Splits at single blanks only, so that line endings stay inside words.

Misconception: split(" ") is split()
Fails word_count-counts: 'end
Fails word_count-counts_back: bytes to the calling process
Fails word_count-arguments: returned Counter({'': 1})
"""

from collections import Counter
from concurrent.futures import ProcessPoolExecutor


def count(path):
    with open(path, encoding="utf-8") as file:
        return Counter(file.read().lower().split(" "))


def word_count(paths, workers):
    with ProcessPoolExecutor(workers) as pool:
        return sum(pool.map(count, paths), Counter())
