"""Sends `Path` objects that it made of the paths."""

from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path


def count(path):
    return Counter(path.read_text("utf-8").lower().split())


def word_count(paths, workers):
    with ProcessPoolExecutor(workers) as pool:
        return sum(pool.map(count, map(Path, paths)), Counter())
