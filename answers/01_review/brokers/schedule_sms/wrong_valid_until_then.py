"""Lets the message expire at its moment, and no worker begins before that.

Misconception: a worker begins on the dot
Fails schedule_sms-in_time: had expired when the worker began with it
Fails schedule_sms-each: had expired when the worker began with it
Fails schedule_sms-once: had expired when the worker began with it
Fails schedule_sms-same_moment: had expired when the worker began with it
Fails schedule_sms-other_broker: had expired when the worker began with it
"""


def schedule_sms(task, number, text, when):
    if when.tzinfo is None:
        raise ValueError("naive")
    options = {"eta": when, "expires": when, "task_id": repr((number, text, when.timestamp()))}
    return task.apply_async((number, text), **options)
