"""Makes a signature and sets its options one by one."""

from datetime import timezone


def schedule_sms(task, number, text, when):
    if when.tzinfo is None:
        raise ValueError("naive")
    moment = when.astimezone(timezone.utc)
    signature = task.si(number, text=text)
    signature.set(eta=moment)
    signature.set(task_id=f"sms {moment:%Y%m%dT%H%M%S.%f} {number}: {text}")
    return signature.apply_async()
