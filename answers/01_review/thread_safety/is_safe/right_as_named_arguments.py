"""Calls `dict` with the snippets as names."""

is_safe = dict(
    append=True,
    queue=True,
    local_variable=True,
    without_await=True,
    plus_equals=False,
    check_then_act=False,
    empty_then_get=False,
    across_await=False,
)
