"""Sends once, but gives a result with an id of its own to whoever asks again.

Misconception: any AsyncResult will do
Fails schedule_sms-once: AsyncResults with the ids
Fails schedule_sms-same_moment: AsyncResults with the ids
"""

import uuid


def schedule_sms(task, number, text, when):
    if when.tzinfo is None:
        raise ValueError("naive")
    key, mine = f"sms:{number}:{text}:{when.timestamp()}", str(uuid.uuid4())
    if task.backend.client.set(key, mine, nx=True):
        return task.apply_async((number, text), eta=when, task_id=mine)
    return task.AsyncResult(mine)
