"""Lets an event loop of its own gather the matches from the processes of the pool."""

import asyncio
import re
from concurrent.futures import ProcessPoolExecutor


def grep(path, pattern):
    try:
        with open(path, encoding="utf-8") as file:
            return [(n, line.rstrip("\n")) for n, line in enumerate(file, 1) if re.search(pattern, line)]
    except Exception as error:
        error.args = (f"{path}: {error}",) if isinstance(error, OSError) else error.args
        if isinstance(error, OSError):
            raise
        raise ValueError(f"{path} is not UTF-8") from error


async def search(paths, pattern, pool):
    loop = asyncio.get_running_loop()
    tasks = {path: loop.run_in_executor(pool, grep, path, pattern) for path in paths}
    await asyncio.gather(*tasks.values())
    return {path: task.result() for path, task in tasks.items()}


def log_grep(paths, pattern, workers):
    with ProcessPoolExecutor(workers) as pool:
        return asyncio.run(search(paths, pattern, pool))
