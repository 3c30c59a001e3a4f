"""Gives the text itself to `Counter`, which counts its characters.

Misconception: a Counter of a text counts its words
Fails word_count-counts: Counter({'t': 4, 'h': 3, 'e': 4, ' ': 3
Fails word_count-arguments: Are the words those of `str.lower` and `str.split`, wherever they
"""

from collections import Counter
from concurrent.futures import ProcessPoolExecutor


def count(path):
    with open(path, encoding="utf-8") as file:
        return Counter(file.read().lower())


def word_count(paths, workers):
    with ProcessPoolExecutor(workers) as pool:
        return sum(pool.map(count, paths), Counter())
