"""Calls `dict` with the questions as names."""

pool_facts = dict(threads_by_default="c", processes_by_default="b", kind_of_work="c", end_of_with="a", error_in_map="d")
