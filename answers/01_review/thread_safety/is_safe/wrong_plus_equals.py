"""Believes that one line is one step.

Misconception: += is one step
Fails is_safe-plus_equals: reads, adds, and writes back
"""

is_safe = {
    "append": True,
    "plus_equals": True,
    "check_then_act": False,
    "across_await": False,
    "without_await": True,
    "queue": True,
    "empty_then_get": False,
    "local_variable": True,
}
