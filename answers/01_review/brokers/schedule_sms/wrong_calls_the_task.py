"""Calls the task here and now, like a function.

Misconception: M1
Fails schedule_sms-in_time: an AsyncResult
Fails schedule_sms-each: done: ('+91 1', '12 books')
Fails schedule_sms-once: an AsyncResult
Fails schedule_sms-same_moment: an AsyncResult
Fails schedule_sms-other_broker: an AsyncResult
"""


def schedule_sms(task, number, text, when):
    if when.tzinfo is None:
        raise ValueError("naive")
    return task(number, text)
