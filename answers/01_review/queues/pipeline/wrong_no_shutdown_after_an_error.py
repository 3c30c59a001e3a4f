"""Shuts the pool down only when all has gone well.

Misconception: M3
Fails pipeline-nothing_left: left 2 threads behind
Fails pipeline-errors: When the first item has failed, who waits for the others that are
"""

from concurrent.futures import ThreadPoolExecutor


def pipeline(items, parse, consumers):
    ex = ThreadPoolExecutor(consumers)
    fs = [ex.submit(parse, i) for i in items]
    out = [f.result() for f in fs]
    ex.shutdown()
    return out
