"""A stack with the end marks at its bottom, and pairs of success and value."""

import queue
import threading


def worker(q, parse, out, sem):
    with sem:
        while not (got := q.get())[0] is None:
            i, item = got
            try:
                out[i] = (True, parse(item))
            except Exception as exc:
                out[i] = (False, exc)


def pipeline(items, parse, consumers):
    if consumers < 1:
        raise ValueError("consumers")
    q, out, sem = (queue.LifoQueue(), {}, threading.BoundedSemaphore(consumers))
    for _ in range(consumers):
        q.put((None, None))
    for i, item in reversed(list(enumerate(items))):
        q.put((i, item))
    ts = [threading.Thread(target=worker, args=(q, parse, out, sem), daemon=True) for _ in range(consumers)]
    for t in ts:
        t.start()
    for t in ts:
        t.join()
    for ok, v in out.values():
        if not ok:
            raise v
    return [out[i][1] for i in range(len(items))]
