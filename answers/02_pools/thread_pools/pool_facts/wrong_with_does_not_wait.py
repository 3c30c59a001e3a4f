"""Believes that the end of `with` waits for nothing.

Misconception: M3
Fails pool_facts-end_of_with: What does `wait` stand for?
"""

pool_facts = {
    "threads_by_default": "c",
    "processes_by_default": "b",
    "kind_of_work": "c",
    "end_of_with": "c",
    "error_in_map": "d",
}
