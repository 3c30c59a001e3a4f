"""Acquires and releases an RLock by hand around counting and reporting; nothing more is reported after an error."""

import threading
from concurrent.futures import ThreadPoolExecutor


def report_progress(jobs, on_progress, workers):
    lock = threading.RLock()
    state = {"done": 0, "error": None}

    def step(future):
        lock.acquire()
        try:
            if state["error"] is None:
                future.result()
                state["done"] += 1
                on_progress(state["done"], len(jobs))
        except Exception as error:
            state["error"] = error
        finally:
            lock.release()

    with ThreadPoolExecutor(workers) as pool:
        for future in [pool.submit(job) for job in jobs]:
            future.add_done_callback(step)
    if state["error"] is not None:
        raise state["error"]
