"""A daemon thread beats for ever; `stop` only says goodbye for it.

Misconception: M24
Fails Heartbeat-clean_up: had been beaten when stop() returned is ['alive', 'alive'
Fails Heartbeat-of_its_own: what the first one beat is ['alive', 'gone', 'alive'
Fails Heartbeat-stop_again: ['alive', 'gone', 'gone', 'gone']
"""

import threading
import time


class Heartbeat:
    def __init__(self, beat, interval):
        self.beat, self.interval = beat, interval

    def start(self):
        threading.Thread(target=self._run, daemon=True).start()

    def stop(self):
        self.beat("gone")

    def _run(self):
        while True:
            self.beat("alive")
            time.sleep(self.interval)
