"""Names the snippets that are safe and fills the dict from them."""

snippets = "append plus_equals check_then_act across_await without_await queue empty_then_get local_variable".split()
safe = {"append", "without_await", "queue", "local_variable"}
is_safe = {snippet: snippet in safe for snippet in snippets}
