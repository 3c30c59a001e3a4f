"""Has not answered two of the questions.

Misconception: not finished
Fails is_safe-answered: is_safe['queue']
Fails is_safe-queue: no answer yet
Fails is_safe-local_variable: no answer yet
"""

is_safe = {
    "append": True,
    "plus_equals": False,
    "check_then_act": False,
    "across_await": False,
    "without_await": True,
    "queue": None,
    "empty_then_get": False,
    "local_variable": None,
}
