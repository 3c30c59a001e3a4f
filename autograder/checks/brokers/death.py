"""The death of a consumer at a chosen moment, as if its process had been killed there."""

from __future__ import annotations

from typing import Any

from autograder.checks.values import same


class Killed(BaseException):
    """Raised in the student's code in place of the death of its process: nothing that it does afterwards counts."""


class Death:
    """The moment at which a consumer dies: at its step of this number, counted from 1, or in its job on `key`.

    A step is an answer of the broker to one of the consumer's commands, or the middle of one of its jobs. What comes
    after it never happens: each later command raises `Killed` too. Made by `Broker.deaths` and `Broker.death_in`.
    """

    def __init__(self, number: int = 0, key: Any = None) -> None:
        self.number, self.key = number, key
        self.moment = ""  # when it happened, in words; empty as long as it has not
        self._steps = 0

    def step(self, moment: str, key: Any = None) -> None:
        """The consumer has got to the next step (in its job on `key`), or, if this is its last, raise Killed."""
        self.check()
        self._steps += 1
        if self._steps == self.number or (key is not None and same(key, self.key)):
            self.moment = moment
            raise Killed("by the test")

    def check(self) -> None:
        """Raise Killed if the consumer is dead."""
        if self.moment:
            raise Killed("by the test")
