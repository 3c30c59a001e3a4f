"""Notes in the store of results that a message was asked for, and hands it over only the first time."""


def schedule_sms(task, number, text, when):
    if when.utcoffset() is None:
        raise ValueError("when must be aware")
    key = f"sms:{number}:{when.timestamp()}:{text}"
    if task.backend.client.set(f"asked:{key}", "yes", nx=True):
        return task.apply_async((number, text), eta=when, task_id=key)
    return task.AsyncResult(key)
