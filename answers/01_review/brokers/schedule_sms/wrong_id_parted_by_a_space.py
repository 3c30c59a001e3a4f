"""Parts number and text by a space, which is in numbers and texts, too.

Misconception: joined texts can be told apart
Fails schedule_sms-each: What tells two messages apart
"""


def schedule_sms(task, number, text, when):
    if when.tzinfo is None:
        raise ValueError("naive")
    return task.apply_async((number, text), eta=when, task_id=" ".join([number, text, str(when.timestamp())]))
