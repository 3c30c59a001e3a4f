"""Takes one consumer where there should be none.

Misconception: bad arguments are to be repaired
Fails pipeline-arguments: started: 'a'
"""

from concurrent.futures import ThreadPoolExecutor


def pipeline(items, parse, consumers):
    with ThreadPoolExecutor(max(consumers, 1)) as pool:
        return list(pool.map(parse, items))
