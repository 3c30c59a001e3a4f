"""One lock with two conditions: not full, not empty."""

import collections
import threading


def bounded(produce, consume, size):
    if size < 1:
        raise ValueError("size")
    lock = threading.Lock()
    not_full = threading.Condition(lock)
    not_empty = threading.Condition(lock)
    buf = collections.deque()
    done = False
    err = None

    def consumer():
        nonlocal err
        while True:
            with not_empty:
                while not buf and (not done):
                    not_empty.wait()
                if not buf:
                    return
                item = buf.popleft()
                not_full.notify()
            if err is None:
                try:
                    consume(item)
                except BaseException as e:
                    err = e

    t = threading.Thread(target=consumer)
    t.start()
    try:
        for item in produce():
            with not_full:
                while len(buf) >= size:
                    not_full.wait()
                buf.append(item)
                not_empty.notify()
    finally:
        with not_empty:
            done = True
            not_empty.notify_all()
        t.join()
    if err:
        raise err
