"""Each worker compiles the pattern once, when it starts; an error of the pool's class has the path in its text."""

import re
from concurrent.futures import ProcessPoolExecutor, as_completed


class Unreadable(Exception):
    pass


def start(pattern):
    global regex
    regex = re.compile(pattern)


def lines_of(path):
    try:
        with open(path, "rb") as file:
            text = file.read().decode("utf-8")
    except Exception as error:
        raise Unreadable(f"{path} ({type(error).__name__})") from None
    yield from enumerate(text.removesuffix("\n").split("\n") if text else [], 1)


def grep(path):
    return [(number, line) for number, line in lines_of(path) if regex.search(line)]


def log_grep(paths, pattern, workers):
    with ProcessPoolExecutor(workers, initializer=start, initargs=(pattern,)) as pool:
        path_of = {pool.submit(grep, path): path for path in paths}
        return {path_of[future]: future.result() for future in as_completed(path_of)}
