"""A list, and a semaphore that counts what lies in it and says when it is over."""

import threading


def pipeline(items, parse, consumers):
    if consumers < 1:
        raise ValueError("bad")
    sem = threading.Semaphore(0)
    lock = threading.Lock()
    todo = []
    results = [None] * len(items)
    errors = []
    closed = False

    def consume():
        while True:
            sem.acquire()
            with lock:
                if not todo:
                    return
                i = todo.pop(0)
            try:
                results[i] = parse(items[i])
            except Exception as e:
                with lock:
                    errors.append((i, e))

    ts = [threading.Thread(target=consume, daemon=True) for _ in range(consumers)]
    [t.start() for t in ts]
    for i in range(len(items)):
        with lock:
            todo.append(i)
        sem.release()
    for _ in ts:
        sem.release()
    [t.join() for t in ts]
    if errors:
        raise min(errors, key=lambda p: p[0])[1]
    return results
