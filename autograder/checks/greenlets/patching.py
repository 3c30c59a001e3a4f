"""Keeps `gevent.monkey` away from the notebook's own process, which does not survive being patched."""

from __future__ import annotations

import sys
import traceback
from typing import Any

from autograder.checks.failure import failed
from autograder.checks.places import student_line


def refuse_patching() -> None:
    """From now on a call that would patch this process raises CheckFailed instead. Safe to call twice.

    Source: gevent asks the subscribers of `gevent.events` before it patches anything.
    """
    from gevent import events

    if _refuse not in events.subscribers:
        events.subscribers.append(_refuse)


def patched_modules() -> list[str]:
    """Names of the modules of this process that `gevent.monkey` has patched."""
    monkey = sys.modules.get("gevent.monkey")
    return sorted(name for name in getattr(monkey, "saved", {}) if not name.startswith("_"))


def _refuse(event: Any) -> None:
    from gevent.events import GeventWillPatchEvent

    if isinstance(event, GeventWillPatchEvent):
        # gevent has noted already that it patches, and would take the next attempt for a repetition.
        sys.modules["gevent.monkey"].saved.pop("_gevent_saved_patch_all_module_settings", None)
        line = student_line(traceback.walk_stack(sys._getframe(1)))
        raise failed(
            "gevent.monkey",
            "a call that patches the modules of the notebook's own process" + (line and f" at {line}"),
            "no patching here: the kernel itself runs on these modules and would end",
            "Does this code need patching at all, or does it belong into a program of its own?",
        )
