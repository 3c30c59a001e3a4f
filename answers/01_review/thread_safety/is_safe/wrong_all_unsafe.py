"""Trusts nothing that threads share.

Misconception: nothing is safe without a lock
Fails is_safe-append: a step of yours in the middle
Fails is_safe-without_await: take turns in one thread
Fails is_safe-queue: so that you need not
Fails is_safe-local_variable: which of the other threads can see
"""

snippets = "append plus_equals check_then_act across_await without_await queue empty_then_get local_variable"
is_safe = dict.fromkeys(snippets.split(), False)
