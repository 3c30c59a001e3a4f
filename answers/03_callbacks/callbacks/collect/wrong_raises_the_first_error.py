"""Lets the first exception of a job reach the caller.

Misconception: one bad job spoils the others
Fails collect-both: raised KeyError('b')
Fails collect-nothing_swallowed: raised OSError('down')
"""

from concurrent.futures import ThreadPoolExecutor


def collect(jobs, workers):
    with ThreadPoolExecutor(workers) as pool:
        futures = [pool.submit(job) for job in jobs]
    return {index: future.result() for index, future in enumerate(futures)}, {}
