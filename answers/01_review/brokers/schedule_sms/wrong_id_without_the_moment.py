"""Takes two messages for one that only differ in their time.

Misconception: an id for whom and what, but not for when
Fails schedule_sms-each: What tells two messages apart
"""


def schedule_sms(task, number, text, when):
    if when.tzinfo is None:
        raise ValueError("naive")
    return task.apply_async((number, text), eta=when, task_id=f"{number}: {text}")
