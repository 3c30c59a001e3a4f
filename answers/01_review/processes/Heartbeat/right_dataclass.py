"""A dataclass, whose event is made by a default factory."""

import threading
from dataclasses import dataclass, field
from typing import Callable


@dataclass
class Heartbeat:
    beat: Callable[[str], None]
    interval: float
    _told: threading.Event = field(default_factory=threading.Event, repr=False)
    _thread: threading.Thread | None = None

    def start(self) -> None:
        self._thread = threading.Thread(target=self._live, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._told.set()
        if self._thread is not None and self._thread.is_alive():
            self._thread.join()

    def _live(self) -> None:
        while True:
            self.beat("alive")
            if self._told.wait(timeout=self.interval):
                break
        self.beat("gone")
