"""Makes a set of the paths, so that a path that is listed twice is one job.

Misconception: nobody lists a path twice
Fails word_count-arguments: and does each path of the list count?
"""

from collections import Counter
from concurrent.futures import ProcessPoolExecutor


def words_in(path):
    with open(path, encoding="utf-8") as file:
        return Counter(file.read().lower().split())


def word_count(paths, workers):
    counts = Counter()
    with ProcessPoolExecutor(workers) as pool:
        for words in pool.map(words_in, set(paths)):
            counts += words
    return counts
