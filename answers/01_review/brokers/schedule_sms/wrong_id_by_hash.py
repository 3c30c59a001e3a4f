"""Makes the id by `hash`, which is another one in each program.

Misconception: a hash is the same everywhere
Fails schedule_sms-other_broker: Another program runs the same code
"""


def schedule_sms(task, number, text, when):
    if when.tzinfo is None:
        raise ValueError("naive")
    return task.apply_async((number, text), eta=when, task_id=f"sms-{hash((number, text, when))}")
