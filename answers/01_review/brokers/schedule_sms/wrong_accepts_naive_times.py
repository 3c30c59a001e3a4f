"""Takes a time without a zone for one of this machine's.

Misconception: everybody lives in my time zone
Fails schedule_sms-zone: ValueError reaches the caller
"""


def schedule_sms(task, number, text, when):
    return task.apply_async((number, text), eta=when, task_id=f"{number}: {text} {when.timestamp()}")
