"""An item that fails ends its consumer, and the list is shorter by it.

Misconception: M4
Fails pipeline-errors: returned ['value of a', 'value of c']
Fails pipeline-many_errors: ended with ValueError
"""

import queue
import threading


def pipeline(items, parse, consumers):
    if consumers < 1:
        raise ValueError("bad")
    q = queue.Queue()
    res = {}
    for j in enumerate(items):
        q.put(j)

    def work():
        while True:
            try:
                i, x = q.get_nowait()
            except queue.Empty:
                return
            res[i] = parse(x)

    ts = [threading.Thread(target=work) for _ in range(consumers)]
    for t in ts:
        t.start()
    for t in ts:
        t.join()
    return [res[i] for i in sorted(res)]
