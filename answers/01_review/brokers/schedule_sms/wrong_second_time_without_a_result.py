"""Gives nothing back when it is asked for the second time.

Misconception: who asks twice needs no answer
Fails schedule_sms-once: returned None
Fails schedule_sms-same_moment: returned None
"""


def schedule_sms(task, number, text, when):
    if when.tzinfo is None:
        raise ValueError("naive")
    key = f"sms:{number}:{text}:{when.timestamp()}"
    if task.backend.client.set(key, "asked", nx=True):
        return task.apply_async((number, text), eta=when, task_id=key)
