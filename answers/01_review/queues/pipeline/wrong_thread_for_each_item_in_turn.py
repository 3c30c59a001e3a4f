"""A thread for each item; a semaphore lets only some of them parse at a time.

Misconception: takes a limit for a number of threads
Fails pipeline-at_once: the number of threads that parsed: 7
"""

import threading


def pipeline(items, parse, consumers):
    if consumers < 1:
        raise ValueError("at least one consumer")
    turn, results, errors = threading.Semaphore(consumers), {}, []

    def parse_one(place, item):
        with turn:
            try:
                results[place] = parse(item)
            except Exception as error:
                errors.append(error)

    threads = [threading.Thread(target=parse_one, args=job) for job in enumerate(items)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
    return [results[place] for place in range(len(items))]
