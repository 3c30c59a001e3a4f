"""Believes that each += is unsafe, whatever it adds to.

Misconception: every += is unsafe
Fails is_safe-local_variable: which of the other threads can see
"""

is_safe = {
    "append": True,
    "plus_equals": False,
    "check_then_act": False,
    "across_await": False,
    "without_await": True,
    "queue": True,
    "empty_then_get": False,
    "local_variable": False,
}
