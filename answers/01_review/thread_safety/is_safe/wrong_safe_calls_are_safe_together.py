"""Believes that safe calls, one after the other, are safe together.

Misconception: M22
Fails is_safe-empty_then_get: what does `get` do if another thread takes
"""

is_safe = {
    "append": True,
    "plus_equals": False,
    "check_then_act": False,
    "across_await": False,
    "without_await": True,
    "queue": True,
    "empty_then_get": True,
    "local_variable": True,
}
