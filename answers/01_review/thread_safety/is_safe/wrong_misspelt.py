"""Misspells a question.

Misconception: any spelling will do
Fails is_safe-answered: append
Fails is_safe-append: no answer yet
"""

is_safe = {
    "apend": True,
    "plus_equals": False,
    "check_then_act": False,
    "across_await": False,
    "without_await": True,
    "queue": True,
    "empty_then_get": False,
    "local_variable": True,
}
