"""Makes `value` a method.

Misconception: the caller will find out how it is to be read
Fails SafeCounter-counts: and not a method
Fails SafeCounter-nothing_lost: counter.value is value
Fails SafeCounter-apart: [value, value]
Fails SafeCounter-interrupted: when the test used what the code gave it
"""

from threading import Lock


class SafeCounter:
    def __init__(self):
        self._value = 0
        self._lock = Lock()

    def value(self):
        with self._lock:
            return self._value

    def increment(self):
        with self._lock:
            self._value += 1
