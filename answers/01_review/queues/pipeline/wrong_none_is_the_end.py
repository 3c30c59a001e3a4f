"""Takes None for the end mark, so that an item None ends a consumer.

Misconception: None never occurs
Fails pipeline-any_item: raised KeyError
"""

import queue
import threading


def pipeline(items, parse, consumers):
    if consumers < 1:
        raise ValueError("consumers must be at least 1")
    waiting, done, errors, places = queue.Queue(), {}, [], queue.Queue()

    def consume():
        while True:
            with taking:
                item, place = waiting.get(), places.get()
            if item is None:
                break
            try:
                done[place] = parse(item)
            except Exception as error:
                errors.append(error)

    taking = threading.Lock()
    threads = [threading.Thread(target=consume) for _ in range(consumers)]
    for thread in threads:
        thread.start()
    for place, item in enumerate(items):
        waiting.put(item)
        places.put(place)
    for _ in threads:
        waiting.put(None)
        places.put(None)
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
    return [done[place] for place in range(len(items))]
