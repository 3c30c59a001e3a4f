"""Writes the answers as texts.

Misconception: any spelling will do
Fails is_safe-answered: the answer 'True'
Fails is_safe-append: the answer 'True'
Fails is_safe-plus_equals: the answer 'False'
Fails is_safe-check_then_act: the answer 'False'
Fails is_safe-across_await: the answer 'False'
Fails is_safe-without_await: the answer 'True'
Fails is_safe-queue: the answer 'True'
Fails is_safe-empty_then_get: the answer 'False'
Fails is_safe-local_variable: the answer 'True'
"""

is_safe = {
    "append": "True",
    "plus_equals": "False",
    "check_then_act": "False",
    "across_await": "False",
    "without_await": "True",
    "queue": "True",
    "empty_then_get": "False",
    "local_variable": "True",
}
