"""The producer is a thread of its own before a small queue; after an error the consumers only empty the queue."""

import queue
import threading


def pipeline(items, parse, consumers):
    if consumers < 1:
        raise ValueError("at least one consumer is needed")
    jobs = queue.Queue(maxsize=1)
    results, failed = {}, []
    lock = threading.Lock()

    def produce():
        for place, item in enumerate(items):
            jobs.put((place, item))
        for _ in range(consumers):
            jobs.put(None)

    def consume():
        while True:
            job = jobs.get()
            if job is None:
                return
            with lock:
                stop = bool(failed)
            if stop:
                continue
            place, item = job
            try:
                result = parse(item)
            except Exception as error:
                with lock:
                    failed.append(error)
            else:
                with lock:
                    results[place] = result

    threads = [threading.Thread(target=produce, name="producer")]
    threads += [threading.Thread(target=consume, name=f"consumer {number}") for number in range(consumers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]
    return [results[place] for place in range(len(items))]
