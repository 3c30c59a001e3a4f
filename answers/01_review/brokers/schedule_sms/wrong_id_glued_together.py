"""Writes number and text one after the other, so that two different messages get one id.

Misconception: joined texts can be told apart
Fails schedule_sms-each: What tells two messages apart
"""


def schedule_sms(task, number, text, when):
    if when.tzinfo is None:
        raise ValueError("naive")
    return task.apply_async((number, text), eta=when, task_id=number + text + str(when.timestamp()))
