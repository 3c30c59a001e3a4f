"""Makes `Path` objects of the paths before it sends them, and gives the results under the paths it was given."""

import re
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path


def grep(path, pattern):
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise OSError(f"cannot read {path}") from error
    return [(n, line) for n, line in enumerate(text.splitlines(), 1) if re.search(pattern, line)]


def log_grep(paths, pattern, workers):
    files = [Path(path) for path in paths]
    with ProcessPoolExecutor(workers) as pool:
        futures = [pool.submit(grep, file, pattern) for file in files]
    return {str(file): future.result() for file, future in zip(files, futures)}
