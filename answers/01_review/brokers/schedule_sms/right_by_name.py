"""Sends the task by its name, as a program would that does not have its code."""

import hashlib


def schedule_sms(task, number, text, when):
    if when.utcoffset() is None:
        raise ValueError("when must be aware")
    key = hashlib.md5(repr([number, text, when.timestamp()]).encode()).hexdigest()
    return task.app.send_task(task.name, args=(number, text), eta=when, task_id=key)
