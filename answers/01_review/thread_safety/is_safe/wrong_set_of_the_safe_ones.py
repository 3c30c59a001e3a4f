"""Gives the set of the snippets that are safe.

Misconception: who is not named is answered
Fails is_safe-answered: a dict of answers
Fails is_safe-append: a dict of answers
Fails is_safe-plus_equals: a dict of answers
Fails is_safe-check_then_act: a dict of answers
Fails is_safe-across_await: a dict of answers
Fails is_safe-without_await: a dict of answers
Fails is_safe-queue: a dict of answers
Fails is_safe-empty_then_get: a dict of answers
Fails is_safe-local_variable: a dict of answers
"""

is_safe = {"append", "without_await", "queue", "local_variable"}
