"""The callback reads the variable of the loop, which has gone on by the time the job ends.

Misconception: a function keeps the value that a variable had when it was made
Fails collect-both: returned ({2: 'a'}, {2: KeyError('b')})
Fails collect-nothing_swallowed: Which jobs are missing, or in the wrong dict
Fails collect-threads: the result is ({1:
Fails collect-arguments: Which index has each of two like jobs, and was the exception raised,
"""

from concurrent.futures import ThreadPoolExecutor


def collect(jobs, workers):
    values, errors = {}, {}

    with ThreadPoolExecutor(workers) as pool:
        for index, job in enumerate(jobs):

            def gather(future):
                if future.exception() is None:
                    values[index] = future.result()
                else:
                    errors[index] = future.exception()

            pool.submit(job).add_done_callback(gather)
    return values, errors
