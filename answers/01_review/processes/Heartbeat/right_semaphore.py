"""The thread waits for a semaphore, with the interval as its time-out."""

import threading


class Heartbeat:
    def __init__(self, beat, interval):
        self.beat, self.interval = (beat, interval)
        self.sem = threading.Semaphore(0)
        self.t = None

    def start(self):
        self.t = threading.Thread(target=self.loop, daemon=True)
        self.t.start()

    def loop(self):
        while True:
            self.beat("alive")
            if self.sem.acquire(timeout=self.interval):
                break
        self.beat("gone")

    def stop(self):
        t, self.t = (self.t, None)
        if t:
            self.sem.release()
            t.join()
