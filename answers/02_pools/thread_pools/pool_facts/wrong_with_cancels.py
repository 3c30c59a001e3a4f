"""Believes that the end of `with` cancels what has not begun.

Misconception: a wrong belief about end of with
Fails pool_facts-end_of_with: would cancel jobs
"""

pool_facts = {
    "threads_by_default": "c",
    "processes_by_default": "b",
    "kind_of_work": "c",
    "end_of_with": "b",
    "error_in_map": "d",
}
