"""Has the workers update a counter of the module, of which each worker has a copy.

Misconception: M11
Fails word_count-counts: returned Counter({})
Fails word_count-arguments: Are the words those of `str.lower` and `str.split`, wherever they
"""

from collections import Counter
from concurrent.futures import ProcessPoolExecutor

total = Counter()


def count(path):
    with open(path, encoding="utf-8") as file:
        total.update(file.read().lower().split())


def word_count(paths, workers):
    with ProcessPoolExecutor(workers) as pool:
        list(pool.map(count, paths))
    return total
