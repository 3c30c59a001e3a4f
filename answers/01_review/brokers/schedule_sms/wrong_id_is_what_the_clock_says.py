"""Takes the time as it is written for the moment.

Misconception: two time zones, two moments
Fails schedule_sms-same_moment: done: ('+91 3', 'the train leaves') 2 times
"""


def schedule_sms(task, number, text, when):
    if when.tzinfo is None:
        raise ValueError("naive")
    return task.apply_async((number, text), eta=when, task_id=f"{number}/{text}/{when}")
