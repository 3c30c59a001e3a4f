"""Sets a timer in a thread of this process, which knows nothing any more after a restart.

Misconception: a program runs for ever
Fails schedule_sms-in_time: returned a Timer object
Fails schedule_sms-each: nothing was done
Fails schedule_sms-once: returned a Timer object
Fails schedule_sms-same_moment: returned a Timer object
Fails schedule_sms-other_broker: returned a Timer object
"""

import threading
from datetime import UTC, datetime


def schedule_sms(task, number, text, when):
    if when.tzinfo is None:
        raise ValueError("naive")
    timer = threading.Timer((when - datetime.now(UTC)).total_seconds(), task.delay, (number, text))
    timer.daemon = True
    timer.start()
    return timer
