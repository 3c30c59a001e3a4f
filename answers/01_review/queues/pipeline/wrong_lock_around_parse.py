"""Holds a lock while it parses, so that one item is parsed at a time.

Misconception: M19
Fails pipeline-at_once: only 1 at a time
Fails pipeline-errors: 'b' is not being worked on
"""

import queue
import threading


def pipeline(items, parse, consumers):
    if consumers < 1:
        raise ValueError("consumers must be at least 1")
    waiting, done, errors, end = queue.Queue(), {}, [], object()
    lock = threading.Lock()

    def consume():
        while (job := waiting.get()) is not end:
            place, item = job
            with lock:
                try:
                    done[place] = parse(item)
                except Exception as error:
                    errors.append(error)

    threads = [threading.Thread(target=consume) for _ in range(consumers)]
    for thread in threads:
        thread.start()
    for job in enumerate(items):
        waiting.put(job)
    for _ in threads:
        waiting.put(end)
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
    return [done[place] for place in range(len(items))]
