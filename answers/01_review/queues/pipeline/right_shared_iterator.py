"""The consumers take turns at one iterator, under a lock, in the place of a queue."""

import threading


def pipeline(items, parse, consumers):
    if not consumers >= 1:
        raise ValueError("consumers must be positive")
    jobs, lock = enumerate(items), threading.Lock()
    results, problem = {}, None

    def consume():
        nonlocal problem
        while problem is None:
            with lock:
                place, item = next(jobs, (None, None))
            if place is None:
                break
            try:
                results[place] = parse(item)
            except Exception as error:
                problem = error

    threads = [threading.Thread(target=consume) for _ in range(min(consumers, len(items)))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if problem is not None:
        raise problem
    return [value for _, value in sorted(results.items(), key=lambda entry: entry[0])]
