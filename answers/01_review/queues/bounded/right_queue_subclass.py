"""A Queue that can be closed from either side; the caller consumes."""

import queue
import threading


class Closed(Exception):
    pass


class Channel(queue.Queue):
    def __init__(self, size):
        super().__init__(size)
        self.is_closed = False

    def close(self):
        with self.mutex:
            self.is_closed = True
            self.not_empty.notify_all()
            self.not_full.notify_all()

    def send(self, item):
        with self.not_full:
            while self._qsize() >= self.maxsize and (not self.is_closed):
                self.not_full.wait()
            if self.is_closed:
                raise Closed
            self._put(item)
            self.not_empty.notify()

    def __iter__(self):
        while True:
            with self.not_empty:
                while not self._qsize() and (not self.is_closed):
                    self.not_empty.wait()
                if not self._qsize():
                    return
                item = self._get()
                self.not_full.notify()
            yield item


def bounded(produce, consume, size):
    if size < 1:
        raise ValueError(f"size must be positive, not {size}")
    ch = Channel(size)
    problems = []

    def feed():
        try:
            for item in produce():
                ch.send(item)
        except Closed:
            pass
        except BaseException as e:
            problems.append(e)
        finally:
            ch.close()

    t = threading.Thread(target=feed)
    t.start()
    try:
        for item in ch:
            consume(item)
    finally:
        ch.close()
        t.join()
    if problems:
        raise problems[0]
