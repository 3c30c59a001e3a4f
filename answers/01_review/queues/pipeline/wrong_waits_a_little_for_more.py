"""A consumer that finds the queue empty waits a little, then looks whether the producer is done.

Misconception: M34
Fails pipeline-any_order: with one item of 3600 seconds, is 3600.
"""

import queue
import threading


def pipeline(items, parse, consumers):
    if consumers < 1:
        raise ValueError("consumers must be at least 1")
    jobs, results, errors = queue.Queue(), {}, []
    complete = threading.Event()

    def work():
        while True:
            try:
                place, item = jobs.get(timeout=0.2)
            except queue.Empty:
                if complete.is_set():
                    break
                continue
            try:
                results[place] = parse(item)
            except Exception as error:
                errors.append(error)

    threads = [threading.Thread(target=work) for _ in range(consumers)]
    for thread in threads:
        thread.start()
    for job in enumerate(items):
        jobs.put(job)
    complete.set()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
    return [results[place] for place in range(len(items))]
