"""Starts a thread that waits for the first future.

Misconception: somebody has to wait
Fails then-no_waiting: threads behind
"""

import threading
from concurrent.futures import Future


def then(future, function):
    new = Future()

    def wait_for_it():
        try:
            result = future.result()
        except BaseException as error:
            if new.set_running_or_notify_cancel():
                new.set_exception(error)
            return
        if new.set_running_or_notify_cancel():
            try:
                new.set_result(function(result))
            except Exception as error:
                new.set_exception(error)

    threading.Thread(target=wait_for_it).start()
    return new
