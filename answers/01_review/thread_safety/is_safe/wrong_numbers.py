"""Writes 1 and 0 for True and False.

Misconception: 1 will do for True
Fails is_safe-answered: the answer 1
Fails is_safe-append: the answer 1
Fails is_safe-plus_equals: the answer 0
Fails is_safe-check_then_act: the answer 0
Fails is_safe-across_await: the answer 0
Fails is_safe-without_await: the answer 1
Fails is_safe-queue: the answer 1
Fails is_safe-empty_then_get: the answer 0
Fails is_safe-local_variable: the answer 1
"""

is_safe = {
    "append": 1,
    "plus_equals": 0,
    "check_then_act": 0,
    "across_await": 0,
    "without_await": 1,
    "queue": 1,
    "empty_then_get": 0,
    "local_variable": 1,
}
