"""The thread waits for a lock that `stop` gives back; `stop` is guarded so that only the first one counts."""

import threading


class Heartbeat:
    def __init__(self, beat, interval):
        def body():
            beat("alive")
            while not signal.acquire(timeout=interval):
                beat("alive")
            beat("gone")

        signal = threading.Lock()
        signal.acquire()
        self.signal, self.guard = signal, threading.Lock()
        self.thread = threading.Thread(target=body)
        self.state = "new"

    def start(self):
        with self.guard:
            self.state = "running"
            self.thread.start()

    def stop(self):
        with self.guard:
            if self.state == "running":
                self.state = "stopped"
                self.signal.release()
                self.thread.join()
