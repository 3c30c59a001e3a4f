"""Sorts the results by their own worth, not by the places of the items.

Misconception: M23
Fails pipeline-in_order: returned ['value of a'
Fails pipeline-any_order: the list is [1, 2, 3]
Fails pipeline-any_item: '<' not supported
"""

import queue
import threading


def pipeline(items, parse, consumers):
    if consumers < 1:
        raise ValueError()
    q = queue.Queue()
    r = queue.PriorityQueue()
    errs = []
    END = object()

    def work():
        while (x := q.get()) is not END:
            try:
                r.put(parse(x))
            except Exception as e:
                errs.append(e)

    ts = [threading.Thread(target=work) for _ in range(consumers)]
    for t in ts:
        t.start()
    for x in items:
        q.put(x)
    for _ in ts:
        q.put(END)
    for t in ts:
        t.join()
    if errs:
        raise errs[0]
    return [r.get() for _ in items]
