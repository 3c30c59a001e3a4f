"""Returns a plain dict.

Misconception: a dict is a Counter
Fails word_count-counts: returned {'the': 3, 'cat': 1, 'end': 1, 'dog,': 1}
Fails word_count-arguments: returned {}
"""

from concurrent.futures import ProcessPoolExecutor


def count(path):
    counts = {}
    with open(path, encoding="utf-8") as file:
        for word in file.read().lower().split():
            counts[word] = counts.get(word, 0) + 1
    return counts


def word_count(paths, workers):
    total = {}
    with ProcessPoolExecutor(workers) as pool:
        for counts in pool.map(count, paths):
            for word, number in counts.items():
                total[word] = total.get(word, 0) + number
    return total
