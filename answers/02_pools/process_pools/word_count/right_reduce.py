"""Sends plain dicts back and reduces them with `functools.reduce`."""

import operator
from collections import Counter, defaultdict
from concurrent.futures import ProcessPoolExecutor
from functools import reduce


def words(path):
    with open(path, encoding="utf-8") as file:
        for line in file:
            yield from map(str.lower, line.split())


def count(path):
    counts = defaultdict(int)
    for word in words(path):
        counts[word] += 1
    return dict(counts)


def word_count(paths, workers):
    with ProcessPoolExecutor(workers) as pool:
        return reduce(operator.add, map(Counter, pool.map(count, paths)), Counter())
