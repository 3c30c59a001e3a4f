"""Merges the counts like dicts, where the last file wins.

Misconception: | adds counts
Fails word_count-counts: returned Counter({'the': 1, 'cat': 1, 'end': 1, 'dog,': 1})
Fails word_count-arguments: and does each path of the list count?
"""

from collections import Counter
from concurrent.futures import ProcessPoolExecutor


def count(path):
    with open(path, encoding="utf-8") as file:
        return dict(Counter(file.read().lower().split()))


def word_count(paths, workers):
    total = {}
    with ProcessPoolExecutor(workers) as pool:
        for counts in pool.map(count, paths):
            total |= counts
    return Counter(total)
