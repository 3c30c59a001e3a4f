"""Lets Celery choose the id, a new one each time.

Misconception: Celery knows that it has had this message
Fails schedule_sms-once: done: ('+91 2', 'happy birthday') 2 times
Fails schedule_sms-other_broker: Another program runs the same code
Fails schedule_sms-same_moment: done: ('+91 3', 'the train leaves') 2 times
"""


def schedule_sms(task, number, text, when):
    if when.tzinfo is None:
        raise ValueError("naive")
    return task.apply_async((number, text), eta=when)
