"""Tries it out with real queues."""

import queue


def run(kind, *calls):
    waiting, out = kind(), []
    for call in calls:
        if call is get:
            out.append(waiting.get())
        else:
            waiting.put(call)
    return out


def get():
    """Stands for a call of get()."""


ways_out = {
    "first_in": run(queue.Queue, 3, 1, 2, get, get, get),
    "last_in": run(queue.LifoQueue, 3, 1, 2, get, get, get),
    "turns": run(queue.LifoQueue, "a", "b", get, "c", get, get),
    "urgent": run(queue.PriorityQueue, 5, 3, get, 1, 4, get, get, get),
    "numbers": run(queue.PriorityQueue, 10, 9, 2, get, get, get),
    "texts": run(queue.PriorityQueue, "10", "9", "2", get, get, get),
    "letters": run(queue.PriorityQueue, "b", "A", "a", "B", get, get, get, get),
    "pairs": run(queue.PriorityQueue, (2, "a"), (1, "d"), (2, "c"), (1, "b"), get, get, get, get),
}
