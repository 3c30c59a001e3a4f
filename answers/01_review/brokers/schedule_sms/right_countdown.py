"""Says in how many seconds, which a worker that has a clock of its own turns into a moment."""

import uuid
from datetime import UTC, datetime


def schedule_sms(task, number, text, when):
    try:
        seconds = (when - datetime.now(UTC)).total_seconds()
    except TypeError:
        raise ValueError("a time without a zone means nothing") from None
    name = f"{number}\n{text}\n{when.astimezone(UTC)}"
    return task.apply_async((number, text), countdown=seconds, task_id=str(uuid.uuid5(uuid.NAMESPACE_URL, name)))
