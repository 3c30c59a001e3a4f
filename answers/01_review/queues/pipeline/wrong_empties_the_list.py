"""Takes the items out of the list that was handed in.

Misconception: uses the caller's list as the queue
Fails pipeline-any_item: the list of items after the call: []
"""

from threading import Lock, Thread


def pipeline(items, parse, consumers):
    if consumers < 1:
        raise ValueError("consumers < 1")
    results, errors, guard = [None] * len(items), [], Lock()

    def take():
        with guard:
            return (len(items) - 1, items.pop()) if items else None

    def work():
        while job := take():
            place, item = job
            try:
                results[place] = parse(item)
            except Exception as error:
                errors.append(error)

    threads = [Thread(target=work) for _ in range(consumers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
    return results
