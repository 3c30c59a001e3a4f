"""Makes the id by a digest of the message, in a function of its own, and gives the ETA in UTC."""

import hashlib
import json
from datetime import UTC, datetime


def id_of(number: str, text: str, when: datetime) -> str:
    message = json.dumps([number, text, when.isoformat()])
    return hashlib.sha256(message.encode()).hexdigest()


def schedule_sms(task, number: str, text: str, when: datetime):
    if not when.tzinfo:
        raise ValueError(f"{when} has no time zone")
    when = when.astimezone(UTC)
    return task.apply_async(kwargs={"text": text, "number": number}, eta=when, task_id=id_of(number, text, when))
