"""Fills the queue first; a consumer ends when `get_nowait` finds nothing more."""

import queue
from threading import Thread


def pipeline(items, parse, consumers):
    if consumers <= 0:
        raise ValueError
    jobs, results = queue.Queue(), queue.Queue()
    for job in enumerate(items):
        jobs.put(job)

    def consume():
        while True:
            try:
                place, item = jobs.get_nowait()
            except queue.Empty:
                return
            try:
                results.put((place, parse(item), None))
            except Exception as error:
                results.put((place, None, error))

    threads = [Thread(target=consume) for _ in range(consumers)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    answer = [None] * len(items)
    for _ in items:
        place, value, error = results.get()
        if error:
            raise error
        answer[place] = value
    return answer
