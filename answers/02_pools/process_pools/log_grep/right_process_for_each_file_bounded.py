"""Starts a process with a pipe for each file, but never has more than `workers` of them at the same time."""

import re
from multiprocessing import Pipe, Process
from multiprocessing.connection import wait


def grep(path, pattern, connection):
    try:
        with open(path, encoding="utf-8") as file:
            answer = [(n, line.rstrip("\n")) for n, line in enumerate(file, 1) if re.search(pattern, line)]
    except Exception as error:
        answer = OSError(f"{path}: {error}")
    connection.send(answer)


def log_grep(paths, pattern, workers):
    if workers < 1:
        raise ValueError("workers must be at least 1")
    waiting, running, found = list(paths), {}, {}
    while waiting or running:
        while waiting and len(running) < workers:
            path = waiting.pop(0)
            mine, yours = Pipe(duplex=False)
            process = Process(target=grep, kwargs={"path": path, "pattern": pattern, "connection": yours})
            process.start()
            running[mine] = path, process
        for mine in wait(running):
            path, process = running.pop(mine)
            found[path] = mine.recv()
            process.join()
    for answer in found.values():
        if isinstance(answer, Exception):
            raise answer
    return {path: found[path] for path in paths}
