"""Remembers in a variable what was asked for.

Misconception: M11
Fails schedule_sms-other_broker: nothing was done
"""

asked = {}


def schedule_sms(task, number, text, when):
    if when.tzinfo is None:
        raise ValueError("naive")
    message = number, text, when
    if message not in asked:
        asked[message] = task.apply_async((number, text), eta=when)
    return asked[message]
