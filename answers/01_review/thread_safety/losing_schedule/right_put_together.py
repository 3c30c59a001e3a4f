"""Puts the list together from the steps of each thread."""

a, b = ([f"{thread} {step}" for step in ("reads", "adds", "writes")] for thread in "AB")
losing_schedule = [*b[:1], *a, *b[1:]]
