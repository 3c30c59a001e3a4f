"""The producer waits for room before it takes an item from the iterator; a Condition counts what waits."""

import threading
from collections import deque

_NOTHING = object()


def bounded(produce, consume, size):
    if size < 1:
        raise ValueError("size < 1")
    buffer, state = deque(), {"end": False, "error": None}
    changed = threading.Condition()

    def work():
        while True:
            with changed:
                while not buffer and not state["end"]:
                    changed.wait()
                item = buffer.popleft() if buffer else _NOTHING
                changed.notify_all()
            if item is _NOTHING:
                return
            try:
                consume(item)
            except Exception as error:
                with changed:
                    state["error"] = error
                    changed.notify_all()
                return

    thread = threading.Thread(target=work)
    thread.start()
    try:
        items = iter(produce())
        while True:
            with changed:
                while len(buffer) >= size and state["error"] is None:
                    changed.wait()
                if state["error"] is not None:
                    break
            item = next(items, _NOTHING)
            if item is _NOTHING:
                break
            with changed:
                buffer.append(item)
                changed.notify_all()
    finally:
        with changed:
            state["end"] = True
            changed.notify_all()
        thread.join()
    if state["error"] is not None:
        raise state["error"]
