"""Loops in the pool take urls from a queue until one of them has set the event that tells all to stop."""

import queue
import threading
from concurrent.futures import ThreadPoolExecutor


def first_match(urls, fetch, wanted, workers):
    if workers < 1:
        raise ValueError(f"{workers} workers cannot fetch anything")
    jobs, answers, stop = queue.SimpleQueue(), queue.SimpleQueue(), threading.Event()
    for url in urls:
        jobs.put(url)

    def loop():
        try:
            while not stop.is_set():
                url = jobs.get_nowait()
                if wanted(fetch(url)):
                    answers.put((url, None))
                    stop.set()
        except queue.Empty:
            answers.put((None, None))
        except Exception as error:
            answers.put((None, error))
            stop.set()

    pool = ThreadPoolExecutor(workers)
    for _ in range(workers):
        pool.submit(loop)
    pool.shutdown(wait=False)
    for _ in range(workers):
        url, error = answers.get()
        if error is not None:
            raise error
        if url is not None:
            return url
    return None
