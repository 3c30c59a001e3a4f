"""Hands the task over at once, so that it is done as soon as a worker is free.

Misconception: the broker guesses the time
Fails schedule_sms-in_time: expected:  nothing was done
Fails schedule_sms-each: done: ('+91 1', '12 books')
"""


def schedule_sms(task, number, text, when):
    if when.tzinfo is None:
        raise ValueError("naive")
    return task.apply_async((number, text), task_id=f"{number}: {text} {when.timestamp()}")
