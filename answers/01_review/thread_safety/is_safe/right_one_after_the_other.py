"""Begins with nothing and adds one answer after the other, with its reason."""

is_safe = {}
is_safe["append"] = True  # one step of the interpreter
is_safe["plus_equals"] = False  # read, add, write
is_safe["check_then_act"] = False  # both may look first
is_safe["across_await"] = False  # others run during the await
is_safe["without_await"] = True  # nobody else runs in between
is_safe["queue"] = True  # locked inside
is_safe["empty_then_get"] = not True  # the last job may be gone
is_safe["local_variable"] = 1 == 1  # nobody else sees it
