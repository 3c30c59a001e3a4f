"""Raises as soon as it hears of the first error, while other consumers are still at work.

Misconception: M3
Fails pipeline-errors: while parse('a'), parse('c') were still running
"""

import queue
import threading


def pipeline(items, parse, consumers):
    if consumers < 1:
        raise ValueError("consumers must be at least 1")
    waiting, results, end = queue.Queue(), queue.Queue(), object()

    def consume():
        while (job := waiting.get()) is not end:
            place, item = job
            try:
                results.put((place, parse(item), None))
            except Exception as error:
                results.put((place, None, error))

    threads = [threading.Thread(target=consume) for _ in range(consumers)]
    for thread in threads:
        thread.start()
    for job in enumerate(items):
        waiting.put(job)
    for _ in threads:
        waiting.put(end)
    done = {}
    for _ in items:
        place, value, error = results.get()
        if error is not None:
            raise error
        done[place] = value
    for thread in threads:
        thread.join()
    return [done[place] for place in range(len(items))]
