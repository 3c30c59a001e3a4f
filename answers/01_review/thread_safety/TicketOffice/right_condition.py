"""Uses a Condition as its lock."""

from threading import Condition


class TicketOffice:
    def __init__(self, stock: int) -> None:
        self._left = stock
        self._changed = Condition()

    def buy(self, count: int) -> bool:
        if count < 1:
            raise ValueError("how many?")
        with self._changed:
            enough = self._left >= count
            self._left -= count if enough else 0
            self._changed.notify_all()
        return enough
