"""Takes punctuation away from the words.

Misconception: split knows what a word is
Fails word_count-counts: returned Counter({'the': 3, 'cat': 1, 'end': 1, 'dog': 1})
"""

from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from string import punctuation


def count(path):
    with open(path, encoding="utf-8") as file:
        return Counter(word.strip(punctuation) for word in file.read().lower().split())


def word_count(paths, workers):
    with ProcessPoolExecutor(workers) as pool:
        return sum(pool.map(count, paths), Counter())
