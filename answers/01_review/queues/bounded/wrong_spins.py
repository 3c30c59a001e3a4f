"""Goes round a loop until there is room, or an item.

Misconception: M34
Fails bounded-in_order: goes round and round
Fails bounded-slow_consumer: goes round and round
Fails bounded-slow_producer: goes round and round
Fails bounded-consumer_fails: goes round and round
Fails bounded-producer_fails: goes round and round
Fails bounded-any_item: goes round and round
Fails bounded-nothing_left: goes on and on without an end
"""

import queue
import threading


def bounded(produce, consume, size):
    if size < 1:
        raise ValueError("size must be at least 1")
    buffer, end, errors = queue.Queue(size), object(), []

    def work():
        while True:
            if buffer.empty():
                continue
            if (item := buffer.get()) is end:
                return
            if not errors:
                try:
                    consume(item)
                except Exception as error:
                    errors.append(error)

    def put(item):
        while buffer.full():
            pass
        buffer.put(item)

    thread = threading.Thread(target=work)
    thread.start()
    try:
        for item in produce():
            put(item)
    finally:
        put(end)
        thread.join()
    if errors:
        raise errors[0]
