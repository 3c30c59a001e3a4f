"""Takes an empty buffer for the end of the items.

Misconception: M22
Fails bounded-in_order: `buffer.put(item)`
Fails bounded-slow_producer: '1 is produced', '2 is produced'
Fails bounded-consumer_fails: `buffer.put(item)`
Fails bounded-any_item: `buffer.put(item)`
Fails bounded-nothing_left: The producer has failed. Who waits for the consumer, which is still
"""

import queue
import threading


def bounded(produce, consume, size):
    if size < 1:
        raise ValueError("size must be at least 1")
    buffer, errors = queue.Queue(size), []

    def work():
        try:
            while not buffer.empty():
                consume(buffer.get())
        except Exception as error:
            errors.append(error)
            while not buffer.empty():
                buffer.get()

    items = iter(produce())
    end = object()
    if (item := next(items, end)) is end:
        return
    buffer.put(item)
    thread = threading.Thread(target=work)
    thread.start()
    for item in items:
        buffer.put(item)
    thread.join()
    if errors:
        raise errors[0]
