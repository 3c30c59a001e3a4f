"""Starts a batch of threads and waits for all of it before the next.

Misconception: M2
Fails pipeline-at_once: only
"""

import threading


def pipeline(items, parse, consumers):
    if consumers < 1:
        raise ValueError()
    out = [None] * len(items)
    errs = []

    def one(i):
        try:
            out[i] = parse(items[i])
        except Exception as e:
            errs.append(e)

    for s in range(0, len(items), consumers):
        ts = [threading.Thread(target=one, args=(i,)) for i in range(s, min(s + consumers, len(items)))]
        for t in ts:
            t.start()
        for t in ts:
            t.join()
    if errs:
        raise errs[0]
    return out
