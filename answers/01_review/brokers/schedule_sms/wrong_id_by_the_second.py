"""Counts the moment in whole seconds, so that two moments within one second are one message.

Misconception: two moments are the same if they are close
Fails schedule_sms-each: What tells two messages apart
"""


def schedule_sms(task, number, text, when):
    if when.tzinfo is None:
        raise ValueError("naive")
    message = number, text, int(when.timestamp())
    return task.apply_async((number, text), eta=when, task_id=repr(message))
