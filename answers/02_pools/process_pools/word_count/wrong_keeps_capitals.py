"""Counts words that differ in capitals only as different ones.

Misconception: the case does not matter to split
Fails word_count-counts: returned Counter({'the': 2, 'cat': 1, 'The': 1, 'end': 1, 'dog,': 1})
Fails word_count-arguments: Are the words those of `str.lower` and `str.split`, wherever they
"""

from collections import Counter
from concurrent.futures import ProcessPoolExecutor


def count(path):
    with open(path, encoding="utf-8") as file:
        return Counter(file.read().split())


def word_count(paths, workers):
    with ProcessPoolExecutor(workers) as pool:
        return sum(pool.map(count, paths), Counter())
