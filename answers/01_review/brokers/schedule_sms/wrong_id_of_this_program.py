"""Makes the ids by a namespace that is drawn anew in each program.

Misconception: M11
Fails schedule_sms-other_broker: Another program runs the same code
"""

from uuid import uuid4, uuid5

NAMESPACE = uuid4()


def schedule_sms(task, number, text, when):
    if when.tzinfo is None:
        raise ValueError("naive")
    name = uuid5(NAMESPACE, repr((number, text, when.timestamp())))
    return task.apply_async((number, text), eta=when, task_id=str(name))
