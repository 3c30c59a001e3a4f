"""Takes any wake-up for the end of its own key: `if` where a `while` belongs.

Misconception: a wake-up says that something has changed, not what
Fails Memo-another_key: the list of keys computed is [0, 1, 1, 2]
"""

import threading


class Memo:
    def __init__(self, compute):
        self._compute = compute
        self._values, self._busy = {}, set()
        self._news = threading.Condition()

    def get(self, key):
        with self._news:
            if key in self._busy:
                self._news.wait()
            if key in self._values:
                return self._values[key]
            self._busy.add(key)
        try:
            value = self._compute(key)
        except BaseException:
            self._end(key)
            raise
        self._end(key, (key, value))
        return value

    def _end(self, key, *found):
        with self._news:
            self._busy.discard(key)
            self._values.update(found)
            self._news.notify_all()
