"""Would put a lock of its own around each call of a queue.

Misconception: nothing is safe without a lock
Fails is_safe-queue: so that you need not
"""

is_safe = {
    "append": True,
    "plus_equals": False,
    "check_then_act": False,
    "across_await": False,
    "without_await": True,
    "queue": False,
    "empty_then_get": False,
    "local_variable": True,
}
