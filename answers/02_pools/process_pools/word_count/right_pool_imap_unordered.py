"""Uses `multiprocessing.Pool`, and takes the counts in the order of their arrival, which does not matter for a sum."""

from collections import Counter
from multiprocessing import Pool


def count(path):
    with open(path, encoding="utf-8") as file:
        return Counter(word for line in file for word in line.lower().split())


def word_count(paths, workers):
    total = Counter()
    with Pool(workers) as pool:
        for counts in pool.imap_unordered(count, paths):
            total += counts
    return total
