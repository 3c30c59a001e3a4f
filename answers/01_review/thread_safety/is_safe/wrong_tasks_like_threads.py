"""Takes tasks for threads that may be switched anywhere.

Misconception: tasks are switched like threads
Fails is_safe-without_await: take turns in one thread
"""

is_safe = {
    "append": True,
    "plus_equals": False,
    "check_then_act": False,
    "across_await": False,
    "without_await": False,
    "queue": True,
    "empty_then_get": False,
    "local_variable": True,
}
