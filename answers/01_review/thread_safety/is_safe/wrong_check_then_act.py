"""Believes that a look at a dict keeps others from writing to it.

Misconception: M16
Fails is_safe-check_then_act: both look before either of them writes
"""

is_safe = {
    "append": True,
    "plus_equals": False,
    "check_then_act": True,
    "across_await": False,
    "without_await": True,
    "queue": True,
    "empty_then_get": False,
    "local_variable": True,
}
