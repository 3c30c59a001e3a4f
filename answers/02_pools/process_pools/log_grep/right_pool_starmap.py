"""Uses `starmap` of `multiprocessing.Pool` with pairs of a path and the pattern."""

import re
from multiprocessing import Pool


def grep(path, pattern):
    try:
        with open(path, encoding="utf-8") as file:
            return [
                (n, line.rstrip("\r\n")) for n, line in enumerate(file, 1) if re.search(pattern, line.rstrip("\r\n"))
            ]
    except UnicodeDecodeError as error:
        raise ValueError(f"{path} is not text in UTF-8") from error


def log_grep(paths, pattern, workers):
    with Pool(processes=workers) as pool:
        return dict(zip(paths, pool.starmap(grep, [(path, pattern) for path in paths], chunksize=1)))
