"""Has the workers send lists of words back, which are as long as the texts.

Misconception: whole texts are sent back
Fails word_count-counts_back: bytes to the calling process
"""

from collections import Counter
from multiprocessing import Pool


def words(path):
    with open(path, encoding="utf-8") as file:
        return file.read().lower().split()


def word_count(paths, workers):
    with Pool(workers) as pool:
        return Counter(word for found in pool.imap(words, paths) for word in found)
