"""A callback of each future adds its counts to the sum, under a lock; errors are raised when all have ended."""

import threading
from collections import Counter
from concurrent.futures import ProcessPoolExecutor


def count(path):
    with open(path, encoding="utf-8") as file:
        return Counter(file.read().lower().split())


def word_count(paths, workers):
    total, errors, lock = Counter(), [], threading.Lock()

    def add(future):
        with lock:
            if future.exception():
                errors.append(future.exception())
            else:
                total.update(future.result())

    with ProcessPoolExecutor(workers) as pool:
        for path in paths:
            pool.submit(count, path).add_done_callback(add)
    if errors:
        raise errors[0]
    return total
