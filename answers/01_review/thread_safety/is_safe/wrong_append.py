"""Believes that nothing at all is safe without a lock, not even one call.

Misconception: nothing is safe without a lock
Fails is_safe-append: a step of yours in the middle
"""

is_safe = {
    "append": False,
    "plus_equals": False,
    "check_then_act": False,
    "across_await": False,
    "without_await": True,
    "queue": True,
    "empty_then_get": False,
    "local_variable": True,
}
