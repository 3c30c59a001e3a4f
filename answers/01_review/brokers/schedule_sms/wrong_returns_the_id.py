"""Returns the id of the task in place of its result.

Misconception: the id is the result
Fails schedule_sms-in_time: an AsyncResult
Fails schedule_sms-once: an AsyncResult
Fails schedule_sms-same_moment: an AsyncResult
Fails schedule_sms-other_broker: an AsyncResult
"""


def schedule_sms(task, number, text, when):
    if when.tzinfo is None:
        raise ValueError("naive")
    return task.apply_async((number, text), eta=when, task_id=f"{number}: {text} {when.timestamp()}").id
