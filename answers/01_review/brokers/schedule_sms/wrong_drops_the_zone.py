"""Takes the zone off the time, which Celery then takes for UTC.

Misconception: nine o'clock is nine o'clock
Fails schedule_sms-in_time: nothing was done
"""


def schedule_sms(task, number, text, when):
    if when.tzinfo is None:
        raise ValueError("naive")
    return task.apply_async(
        (number, text), eta=when.replace(tzinfo=None), task_id=f"{number}: {text} {when.timestamp()}"
    )
