"""The producer parses each item itself and hands the result to the consumers.

Misconception: M1
Fails pipeline-at_once: ran in the thread that called pipeline
Fails pipeline-errors: 'b' is not being worked on
"""

import queue
import threading


def pipeline(items, parse, consumers):
    if consumers < 1:
        raise ValueError("consumers must be at least 1")
    waiting, done, end = queue.Queue(), {}, object()

    def consume():
        while (job := waiting.get()) is not end:
            place, value = job
            done[place] = value

    threads = [threading.Thread(target=consume) for _ in range(consumers)]
    for thread in threads:
        thread.start()
    try:
        for place, item in enumerate(items):
            waiting.put((place, parse(item)))
    finally:
        for _ in threads:
            waiting.put(end)
        for thread in threads:
            thread.join()
    return [done[place] for place in range(len(items))]
