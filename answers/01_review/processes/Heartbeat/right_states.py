"""Keeps its state as an Enum behind a Condition, and cleans up by an ExitStack."""

import contextlib
import enum
import threading


class State(enum.Enum):
    NEW = 1
    RUNNING = 2
    STOPPED = 3


class Heartbeat:
    def __init__(self, beat, interval):
        self.beat, self.interval, self.state = (beat, interval, State.NEW)
        self.cond = threading.Condition(threading.RLock())

    def start(self):
        with self.cond:
            if self.state is not State.NEW:
                raise RuntimeError("started already")
            self.state = State.RUNNING
            self.thread = threading.Thread(target=self.run)
            self.thread.start()

    def run(self):
        with contextlib.ExitStack() as stack:
            stack.callback(self.beat, "gone")
            while True:
                self.beat("alive")
                with self.cond:
                    if self.cond.wait_for(lambda: self.state is State.STOPPED, self.interval):
                        return

    def stop(self):
        with self.cond:
            if self.state is not State.RUNNING:
                return
            self.state = State.STOPPED
            self.cond.notify_all()
        self.thread.join()

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *a):
        self.stop()
