"""Opens the files in the calling process and hands the lines to the workers one by one.

Misconception: a small job for each line is faster
Fails word_count-in_workers: was opened in the calling process
"""

from collections import Counter
from concurrent.futures import ProcessPoolExecutor


def count(line):
    return Counter(line.lower().split())


def word_count(paths, workers):
    total = Counter()
    with ProcessPoolExecutor(workers) as pool:
        for path in paths:
            with open(path, encoding="utf-8") as file:
                for counts in pool.map(count, file, chunksize=10_000):
                    total += counts
    return total
