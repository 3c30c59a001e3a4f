"""Hands the task over, and looks at the time zone afterwards.

Misconception: an exception undoes what was done
Fails schedule_sms-zone: 1 in the broker
"""


def schedule_sms(task, number, text, when):
    result = task.apply_async((number, text), eta=when, task_id=f"{number}: {text} {when.timestamp()}")
    if when.tzinfo is None:
        raise ValueError("naive")
    return result
