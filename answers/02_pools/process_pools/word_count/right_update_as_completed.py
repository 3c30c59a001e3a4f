"""Updates one counter with the counts as they come; the workers read with pathlib."""

import collections
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path


def count(path):
    words = collections.Counter()
    for word in Path(path).read_text(encoding="utf-8").split():
        words[word.lower()] += 1
    return words


def word_count(paths, workers):
    total = collections.Counter()
    pool = ProcessPoolExecutor(max_workers=workers)
    try:
        for future in as_completed([pool.submit(count, path) for path in paths]):
            total.update(future.result())
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
    return total
