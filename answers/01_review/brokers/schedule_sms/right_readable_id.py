"""Makes an id that can be read: number, text and the moment in seconds."""


def schedule_sms(task, number, text, when):
    if when.tzinfo is None or when.utcoffset() is None:
        raise ValueError("when needs a time zone")
    return task.apply_async(args=[number, text], eta=when, task_id=f"{number}/{text}/{when.timestamp()}")
