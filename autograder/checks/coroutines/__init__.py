"""Runs student coroutines on an event loop with virtual time, and names what goes wrong in it.

`Loop` is what test cells use; `call` says what became of one call, `clock` gives the run its own time.
"""

from autograder.checks.coroutines.call import LoopCall
from autograder.checks.coroutines.drive import NEVER
from autograder.checks.coroutines.loop import Loop

__all__ = ["NEVER", "Loop", "LoopCall"]
