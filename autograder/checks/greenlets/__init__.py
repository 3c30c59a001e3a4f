"""Runs student code that uses gevent in a hub of its own, on a clock that jumps, and names what goes wrong in it.

`Hub` is what test cells use; `call` says what became of one call, `clock` is gevent's loop with time as a number. The
kernel is never patched, and `patching` refuses what would patch it. gevent itself is imported with the first `Hub`.
"""

from autograder.checks.greenlets.call import GreenletCall
from autograder.checks.greenlets.hub import NEVER, Hub
from autograder.checks.greenlets.patching import patched_modules, refuse_patching

__all__ = ["NEVER", "GreenletCall", "Hub", "patched_modules", "refuse_patching"]
