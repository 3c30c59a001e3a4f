"""Daemon consumers wait for ever for more, long after the function has returned.

Misconception: daemons need no end
Fails pipeline-nothing_left: left 2 threads behind
Fails pipeline-arguments: left 3 threads behind
"""

import queue
import threading


def pipeline(items, parse, consumers):
    if consumers < 1:
        raise ValueError("consumers must be at least 1")
    waiting, done, errors = queue.Queue(), {}, []

    def consume():
        while True:
            place, item = waiting.get()
            try:
                done[place] = parse(item)
            except Exception as error:
                errors.append(error)
            finally:
                waiting.task_done()

    for _ in range(consumers):
        threading.Thread(target=consume, daemon=True).start()
    for job in enumerate(items):
        waiting.put(job)
    waiting.join()
    if errors:
        raise errors[0]
    return [done[place] for place in range(len(items))]
