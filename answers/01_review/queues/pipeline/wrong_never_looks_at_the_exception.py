"""Leaves the exception to the thread in which it is raised, where nobody looks at it.

Misconception: M4
Fails pipeline-errors: returned ['value of a', None, 'value of c']
Fails pipeline-many_errors: ended with ValueError('bad item')
"""

from queue import SimpleQueue
from threading import Thread


def pipeline(items, parse, consumers):
    if consumers < 1:
        raise ValueError("consumers must be at least 1")
    jobs, done, end = SimpleQueue(), {}, object()
    for job in enumerate(items):
        jobs.put(job)
    for _ in range(consumers):
        jobs.put(end)

    def consume():
        for place, item in iter(jobs.get, end):
            done[place] = parse(item)

    threads = [Thread(target=consume) for _ in range(consumers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [done.get(place) for place in range(len(items))]
