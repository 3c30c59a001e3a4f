"""Consumers settle a future for each item, and the caller reads the futures."""

import queue
import threading
from concurrent.futures import Future


def pipeline(items, parse, consumers):
    if consumers < 1:
        raise ValueError("bad")
    q = queue.Queue(maxsize=consumers)

    def worker():
        while True:
            job = q.get()
            if job is None:
                return
            f, item = job
            if not f.set_running_or_notify_cancel():
                continue
            try:
                f.set_result(parse(item))
            except Exception as e:
                f.set_exception(e)

    ts = [threading.Thread(target=worker) for _ in range(consumers)]
    for t in ts:
        t.start()
    fs = []
    for item in items:
        f = Future()
        fs.append(f)
        q.put((f, item))
    for _ in ts:
        q.put(None)
    for t in ts:
        t.join()
    return [f.result() for f in fs]
