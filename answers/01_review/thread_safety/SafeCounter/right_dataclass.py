"""A dataclass whose lock is made by a factory."""

import threading
from dataclasses import dataclass, field


@dataclass
class SafeCounter:
    value: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False, compare=False)

    def increment(self) -> int:
        with self._lock:
            self.value += 1
            return self.value
