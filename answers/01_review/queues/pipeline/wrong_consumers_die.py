"""A consumer keeps its exception and ends; when all have ended so, the producer waits for room for ever.

Misconception: some consumer will be left
Fails pipeline-many_errors: waits for ever
"""

import queue
import threading


def pipeline(items, parse, consumers):
    if consumers < 1:
        raise ValueError("consumers must be at least 1")
    waiting, done, errors, end = queue.Queue(1), {}, [], object()

    def consume():
        try:
            while (job := waiting.get()) is not end:
                place, item = job
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
