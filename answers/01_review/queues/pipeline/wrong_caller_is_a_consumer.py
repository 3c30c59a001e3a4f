"""Starts one consumer fewer, and lets the caller parse beside them.

Misconception: counts the caller among the consumers
Fails pipeline-at_once: parsed in the thread of the caller: 5
"""

import queue
import threading


def pipeline(items, parse, consumers):
    if consumers < 1:
        raise ValueError(consumers)
    jobs, results, errors = queue.SimpleQueue(), {}, []
    for job in enumerate(items):
        jobs.put(job)

    def work():
        while True:
            try:
                place, item = jobs.get_nowait()
            except queue.Empty:
                return
            try:
                results[place] = parse(item)
            except Exception as error:
                errors.append(error)

    helpers = [threading.Thread(target=work) for _ in range(1, consumers)]
    for helper in helpers:
        helper.start()
    work()
    for helper in helpers:
        helper.join()
    if errors:
        raise errors[0]
    return [results[place] for place in range(len(items))]
