"""Uses an object that can be called, with a compiled pattern in it, and takes the results as they come."""

import multiprocessing
import re


class Grep:
    def __init__(self, pattern):
        self.regex = re.compile(pattern)

    def __call__(self, path):
        try:
            return path, list(self.matches(path))
        except (OSError, UnicodeError) as error:
            raise type(self).Failed(f"{path} cannot be read: {error}") from error

    def matches(self, path):
        with open(path, encoding="utf-8", newline=None) as file:
            for number, line in enumerate(file.read().splitlines(), 1):
                if self.regex.search(line):
                    yield number, line

    class Failed(Exception):
        pass


def log_grep(paths, pattern, workers):
    pool = multiprocessing.Pool(workers)
    try:
        return dict(pool.imap_unordered(Grep(pattern), paths))
    finally:
        pool.terminate()
        pool.join()
