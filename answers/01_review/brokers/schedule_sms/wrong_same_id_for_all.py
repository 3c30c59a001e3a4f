"""Gives all messages one id.

Misconception: an id names the kind of task
Fails schedule_sms-each: done: ('+91 1', '12 books')
"""


def schedule_sms(task, number, text, when):
    if when.tzinfo is None:
        raise ValueError("naive")
    return task.apply_async((number, text), eta=when, task_id="sms")
