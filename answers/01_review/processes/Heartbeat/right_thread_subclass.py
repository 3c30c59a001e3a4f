"""Is itself a Thread, and waits in a Condition."""

import threading


class Heartbeat(threading.Thread):
    def __init__(self, beat, interval):
        super().__init__(name="heartbeat", daemon=True)
        self.beat = beat
        self.interval = interval
        self.condition = threading.Condition()
        self.stopping = False

    def run(self):
        while True:
            with self.condition:
                if self.stopping:
                    break
            self.beat("alive")
            with self.condition:
                self.condition.wait_for(lambda: self.stopping, timeout=self.interval)
        self.beat("gone")

    def stop(self):
        with self.condition:
            self.stopping = True
            self.condition.notify_all()
        if self.is_alive():
            self.join()
