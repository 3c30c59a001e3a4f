"""Waits until the message has been sent.

Misconception: M2
Fails schedule_sms-in_time: the call waits for the task's result
Fails schedule_sms-each: the call waits for the task's result
Fails schedule_sms-once: the call waits for the task's result
Fails schedule_sms-same_moment: the call waits for the task's result
Fails schedule_sms-other_broker: the call waits for the task's result
"""


def schedule_sms(task, number, text, when):
    if when.tzinfo is None:
        raise ValueError("naive")
    result = task.apply_async((number, text), eta=when, task_id=f"{number}: {text} {when.timestamp()}")
    result.get()
    return result
