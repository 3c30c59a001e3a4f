"""Counts in threads, which are all in the calling process.

Misconception: threads compute on several cores
Fails word_count-in_workers: was opened in the calling process
Fails word_count-counts_back: no worker process ever received one of the inputs
"""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor


def count(path):
    with open(path, encoding="utf-8") as file:
        return Counter(file.read().lower().split())


def word_count(paths, workers):
    with ThreadPoolExecutor(workers) as pool:
        return sum(pool.map(count, paths), Counter())
