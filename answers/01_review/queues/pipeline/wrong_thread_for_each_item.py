"""Starts a consumer for each item.

Misconception: leaves the number of consumers out of account
Fails pipeline-at_once: 7 at the same time
"""

import threading


def pipeline(items, parse, consumers):
    if consumers < 1:
        raise ValueError("consumers must be at least 1")
    done, errors = {}, []

    def consume(place, item):
        try:
            done[place] = parse(item)
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=consume, args=job) for job in enumerate(items)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
    return [done[place] for place in range(len(items))]
