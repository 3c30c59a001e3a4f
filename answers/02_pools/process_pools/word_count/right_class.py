"""A class whose method is the job; an object of it is sent along with each path."""

from collections import Counter
from concurrent.futures import ProcessPoolExecutor


class WordCount:
    def __init__(self, encoding="utf-8"):
        self.encoding = encoding

    def of(self, path):
        with open(path, encoding=self.encoding) as file:
            return Counter(self.normal(word) for word in file.read().split())

    def normal(self, word):
        return word.lower()


def word_count(paths, workers):
    counter = WordCount()
    total = Counter()
    with ProcessPoolExecutor(workers) as pool:
        futures = [pool.submit(counter.of, path) for path in paths]
        while futures:
            total.update(futures.pop().result())
    return total
