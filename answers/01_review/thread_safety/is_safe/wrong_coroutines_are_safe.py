"""Believes the notes: the data of coroutines is safe.

Misconception: the data of coroutines is safe
Fails is_safe-across_await: At an `await` the event loop lets other tasks run
"""

is_safe = {
    "append": True,
    "plus_equals": False,
    "check_then_act": False,
    "across_await": True,
    "without_await": True,
    "queue": True,
    "empty_then_get": False,
    "local_variable": True,
}
