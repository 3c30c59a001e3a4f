"""Worker threads of its own take the jobs from one iterator, which a lock guards."""

import threading


def collect(jobs, workers):
    if workers < 1:
        raise ValueError("at least one worker is needed")
    outcomes = ({}, {})
    remaining, lock = iter(enumerate(jobs)), threading.Lock()

    def worker():
        while True:
            with lock:
                index, job = next(remaining, (None, None))
            if job is None:
                return
            try:
                outcomes[0][index] = job()
            except Exception as error:
                outcomes[1][index] = error

    threads = [threading.Thread(target=worker) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes
