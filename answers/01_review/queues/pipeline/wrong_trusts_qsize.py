"""Takes an empty queue for the end, although the producer has only begun.

Misconception: M22
Fails pipeline-any_order: the list is
Fails pipeline-many_errors: the error is None
"""

import queue
import threading


def pipeline(items, parse, consumers):
    if consumers < 1:
        raise ValueError("bad")
    q = queue.Queue()
    res = {}
    errs = []

    def prod():
        for j in enumerate(items):
            q.put(j)

    def work():
        while q.qsize():
            try:
                i, x = q.get_nowait()
            except queue.Empty:
                break
            try:
                res[i] = parse(x)
            except Exception as e:
                errs.append(e)

    ts = [threading.Thread(target=prod)] + [threading.Thread(target=work) for _ in range(consumers)]
    for t in ts:
        t.start()
    for t in ts:
        t.join()
    if errs:
        raise errs[0]
    return [res[i] for i in sorted(res)]
