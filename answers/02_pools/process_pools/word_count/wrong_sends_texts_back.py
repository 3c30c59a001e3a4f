"""Has the workers read the files only; the words are counted in the calling process.

Misconception: whole texts are sent back
Fails word_count-counts_back: bytes to the calling process
"""

from collections import Counter
from concurrent.futures import ProcessPoolExecutor


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def word_count(paths, workers):
    total = Counter()
    with ProcessPoolExecutor(workers) as pool:
        for text in pool.map(read, paths):
            total.update(text.lower().split())
    return total
